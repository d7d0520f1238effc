/** Turns declarations into the registrations that a program with them sends, so that a run needs no program's process. */

import { holdsSecret } from "../../../provider/engine/schema.ts";
import { loader, typeToken } from "../../../provider/kinds/base/loader.ts";
import { handlers } from "../../../provider/kinds/handlers.ts";
import { type Declaration, type Declarations, Expression } from "../programs.ts";

/** As JSON: a secret and another resource's property are marked. */
export type Value = unknown;
export interface SecretMark {
  readonly $secret: Value;
}
export interface Reference {
  readonly $from: string;
  readonly property: string;
}

/** One registration before what it refers to is known. */
export interface Registration {
  readonly name: string;
  readonly type: string;
  readonly inputs: Readonly<Record<string, Value>>;
  readonly secretOutputs: readonly string[];
  /** Other resources by property. */
  readonly uses: Readonly<Record<string, readonly string[]>>;
}

export const registrationsOf = (declarations: Declarations): Registration[] =>
  Object.entries(declarations).map(([name, declaration]) => registrationOf(name, declaration));

function registrationOf(name: string, { kind, args }: Declaration): Registration {
  const handler = handlers.get(kind);
  if (handler === undefined) throw new Error(`There is no kind ${kind}.`);
  const { inputs, outputs } = handler.schema;
  const entries = Object.entries(args).filter(([, value]) => value !== undefined);
  const secret = (key: string) => holdsSecret(inputs.shape[key]);
  const uses = entries.map(([key, value]) => [key, usedIn(value)] as const).filter(([, names]) => names.length > 0);
  return {
    name,
    type: typeToken(kind),
    inputs: {
      ...Object.fromEntries(
        entries.map(([key, value]) => [key, secret(key) ? { $secret: marked(value) } : marked(value)]),
      ),
      __provider: loader(kind),
    },
    secretOutputs: [
      ...Object.keys(outputs).filter((key) => outputs[key]?.secret),
      ...Object.keys(inputs.shape).filter(secret),
    ],
    uses: Object.fromEntries(uses),
  };
}

function marked(value: unknown): Value {
  if (value instanceof Expression) {
    const [$from = "", property = ""] = value.text.split(".");
    return { $from, property } satisfies Reference;
  }
  if (Array.isArray(value)) return value.map(marked);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, marked(inner)]));
}

function usedIn(value: unknown): string[] {
  if (value instanceof Expression) return [value.text.split(".")[0] ?? ""];
  if (typeof value !== "object" || value === null) return [];
  return [...new Set(Object.values(value).flatMap(usedIn))];
}
