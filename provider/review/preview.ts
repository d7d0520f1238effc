/** A plan from the document of `preview --json`, which both engines write alike. Starts no engine. */
import { z } from "zod";
import { UNKNOWN } from "../engine/schema.ts";
import { InputError } from "../errors.ts";
import { handlers } from "../kinds/handlers.ts";
import { type Change, type ChangeOp, destroyOf, type Plan, type Values } from "./change.ts";
import { fieldsOf } from "./fields.ts";
import { masked } from "./mask.ts";

const values = z.record(z.string(), z.unknown());
const state = z.looseObject({
  urn: z.string(),
  type: z.string(),
  id: z.string().optional(),
  custom: z.boolean().optional(),
  inputs: values.optional(),
  outputs: values.optional(),
  retainOnDelete: z.boolean().optional(),
  propertyDependencies: z.record(z.string(), z.array(z.string()).nullable()).nullish(),
});
const step = z.looseObject({
  op: z.string(),
  urn: z.string(),
  oldState: state.nullish(),
  newState: state.nullish(),
  diffReasons: z.array(z.string()).nullish(),
  replaceReasons: z.array(z.string()).nullish(),
});
const preview = z.looseObject({
  config: z.record(z.string(), z.unknown()).nullish(),
  steps: z.array(step).default([]),
  diagnostics: z.array(z.looseObject({ message: z.string().optional(), severity: z.string().optional() })).nullish(),
  changeSummary: z.record(z.string(), z.number()).nullish(),
});

type State = z.infer<typeof state>;
type Step = z.infer<typeof step>;

/** A resource of the state before the run, for the names of what changes refer to by id. */
export type Known = Pick<State, "urn" | "type" | "id" | "inputs">;

export interface PreviewOptions {
  /** `ROCKETCHAT_ON_DESTROY` where the configuration doesn't say it. */
  readonly onDestroy?: string | undefined;
  /** Resources beside those of the steps. */
  readonly known?: readonly Known[];
}

export interface Previewed {
  readonly plan: Plan;
  /** The same with names in the place of ids: for people. */
  readonly named: Plan;
}

const OPS: Readonly<Record<string, ChangeOp>> = {
  create: "create",
  update: "update",
  replace: "replace",
  delete: "delete",
  import: "create",
};

const TYPE = /^pulumi-nodejs:dynamic\/rocketchat:(\w+)$/;
const kindOf = (type: string): string => TYPE.exec(type)?.[1] ?? type;

/** Throws InputError for what is no such document. */
export function readPreview(document: unknown, options: PreviewOptions = {}): Previewed {
  const read = preview.safeParse(document);
  if (!read.success || !(document as object | null)) throw notAPreview(read.error);
  const { steps, config, diagnostics, changeSummary } = read.data;
  const configured = config?.["rocketchat:onDestroy"];
  const ofStack = typeof configured === "string" ? configured : options.onDestroy;
  const before = Object.entries(changeSummary ?? {}).filter(([op]) => op !== "create" && op !== "import");
  const rest = {
    managed: before.reduce((sum, [, count]) => sum + count, 0),
    problems: (diagnostics ?? []).flatMap(({ severity, message }) =>
      severity === "error" && message ? [message.trim()] : [],
    ),
  };
  const same = (one: unknown): unknown => one;
  const changes = (name: Naming) => steps.flatMap((one) => changeOf(one, ofStack, name));
  return {
    plan: { ...rest, changes: changes(same) },
    named: { ...rest, changes: changes(namingBy([...(options.known ?? []), ...statesOf(steps)])) },
  };
}

function notAPreview(error: z.ZodError | undefined): InputError {
  const [issue] = error?.issues ?? [];
  const where = issue === undefined ? "" : ` (${issue.path.join(".") || "at its top"}: ${issue.message})`;
  return new InputError(`This is not the document of a preview${where}.`, {
    hint: "Write one with `pulumi-rocketchat preview --json` or `pulumi preview --json`.",
  });
}

const statesOf = (steps: readonly Step[]): State[] =>
  steps.flatMap(({ oldState, newState }) => [oldState, newState].filter((one) => one !== null && one !== undefined));

/** What stands for a value in front of people; `urn` is what the value was taken from. */
type Naming = (value: unknown, urn: string | undefined) => unknown;

/** Ids of objects, and what a run will only find out, as the names of the objects that they belong to. */
function namingBy(states: readonly Known[]): Naming {
  const byId = new Map<string, string>();
  const byUrn = new Map<string, string>();
  for (const { urn, type, id, inputs } of states) {
    const key = handlers.get(kindOf(type))?.schema.document.keys.at(-1);
    const name = key === undefined ? undefined : inputs?.[key];
    if (typeof name !== "string" || name === UNKNOWN) continue;
    byUrn.set(urn, name);
    if (id) byId.set(id, name);
  }
  const named: Naming = (value, urn) => {
    if (Array.isArray(value)) return value.map((item) => named(item, urn));
    if (typeof value !== "string") return value;
    if (value === UNKNOWN) return (urn === undefined ? undefined : byUrn.get(urn)) ?? value;
    return byId.get(value) ?? value;
  };
  return named;
}

function inputsOf(kind: string, { inputs = {}, propertyDependencies }: State, name: Naming): Values {
  const entries = Object.entries(masked(kind, inputs));
  return Object.fromEntries(entries.map(([key, value]) => [key, name(value, propertyDependencies?.[key]?.[0])]));
}

function changeOf(
  { op, urn, oldState, newState, diffReasons, replaceReasons }: Step,
  ofStack: string | undefined,
  name: Naming,
): Change[] {
  const known = OPS[op];
  const type = (newState ?? oldState)?.type;
  // A component, or an engine's own provider, is nothing on a server.
  if (known === undefined || type === undefined || (newState ?? oldState)?.custom === false) return [];
  if (type.startsWith("pulumi:providers:")) return [];
  const kind = kindOf(type);
  const before = oldState && known !== "create" ? inputsOf(kind, oldState, name) : undefined;
  const after = newState && known !== "delete" ? inputsOf(kind, newState, name) : undefined;
  const gone = known === "delete" || known === "replace";
  const destroy = oldState?.retainOnDelete ? "retain" : destroyOf(kind, before ?? {}, ofStack);
  return [
    {
      kind,
      op: known,
      resource: urn.split("::").at(-1) ?? urn,
      urn,
      ...(before && { before }),
      ...(after && { after }),
      fields: fieldsOf(kind, before, after, {
        told: diffReasons ?? [],
        found: masked(kind, oldState?.outputs ?? {}),
      }),
      replaces: replaceReasons ?? [],
      ...(gone && { destroy }),
    },
  ];
}
