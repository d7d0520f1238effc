/**
 * What a report says in the place of ids, and of what only the run will find out: the names of the objects that are meant. Asks no server: knows
 * what the state holds, and from which resource a program took a value.
 */
import { z } from "zod";
import { isUnknown, rulesOf, unwrap } from "../engine/schema.ts";
import { kindOfType } from "../kinds/base/loader.ts";
import { handlers } from "../kinds/handlers.ts";
import type { Values } from "./change.ts";

/** A resource as the state has it. */
export interface Known {
  readonly urn: string;
  readonly type: string;
  readonly id?: string | undefined;
  readonly inputs?: Values | undefined;
  readonly outputs?: Values | undefined;
}

/** "User"; of what is not this package's, the type's own name. */
export const kindOf = (type: string): string => kindOfType(type) ?? type;

/** As servers make them, of two kinds; nobody calls a room so. */
const ID = /^(?:[0-9a-f]{24}|(?=\w*[a-z])(?=\w*[A-Z])[A-Za-z0-9]{17})$/;

const ofUrn = (urn: string): { readonly kind: string; readonly resource: string } => {
  const [types = "", resource = urn] = urn.split("::").slice(-2);
  return { kind: kindOf(types.split("$").at(-1) ?? types), resource };
};

/** Its name on the server; what has none there, as a message, is called as in the program. */
function nameOf({ urn, type, inputs }: Known): string | undefined {
  const document = handlers.get(kindOf(type))?.schema.document;
  if (document === undefined) return undefined;
  const [key] = document.keys;
  const name = key === undefined || document.keys.length > 1 ? undefined : inputs?.[key];
  return typeof name === "string" && !isUnknown(name) ? name : ofUrn(urn).resource;
}

export class Names {
  private readonly byId = new Map<string, string>();
  private readonly byUrn = new Map<string, string>();

  constructor(states: readonly Known[]) {
    for (const state of states) {
      const name = nameOf(state);
      if (name === undefined) continue;
      this.byUrn.set(state.urn, name);
      if (state.id) this.byId.set(state.id, name);
      const room = handlers.get(kindOf(state.type))?.schema.document.actsAs && state.outputs?.roomId;
      if (typeof room === "string" && !isUnknown(room)) this.byId.set(room, name);
    }
  }

  /** `from`: URNs of what a value was taken from, by argument. */
  in(kind: string, inputs: Values, from: Readonly<Record<string, readonly string[] | null>>): Values {
    const shape = handlers.get(kind)?.schema.inputs.shape ?? {};
    const entries = Object.entries(inputs).map(([key, value]) => {
      const type = shape[key];
      const { refers } = rulesOf(type);
      const known = this.replaced(value);
      if (type === undefined || refers === undefined) return [key, known];
      const isList = Array.isArray(known) || unwrap(type) instanceof z.ZodArray;
      const named = this.referred(Array.isArray(known) ? known : [known], refers, from[key] ?? []);
      return [key, isList ? named : named.length === 1 ? named[0] : known];
    });
    return Object.fromEntries(entries) as Values;
  }

  /** Ids that the state knows, wherever they stand. */
  private replaced(value: unknown): unknown {
    if (typeof value === "string") return this.byId.get(value) ?? value;
    if (Array.isArray(value)) return value.map((item) => this.replaced(item));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.replaced(item)]));
  }

  /** Of a list of references, what has no name yet gets those of the resources that it was taken from, where that is without doubt. */
  private referred(values: readonly unknown[], refers: string, from: readonly string[]): unknown[] {
    // People are referred to by name: what looks like an id is one.
    const isOpen = (value: unknown) =>
      isUnknown(value) || (refers !== "User" && typeof value === "string" && ID.test(value));
    const open = values.filter(isOpen);
    if (open.length === 0) return [...values];
    const fits = (kind: string) => kind === refers || handlers.get(kind)?.schema.document.actsAs === refers;
    const names = from
      .filter((urn) => fits(ofUrn(urn).kind))
      .map((urn) => this.byUrn.get(urn) ?? ofUrn(urn).resource)
      .filter((name) => !values.includes(name));
    // A set of several unknown values holds the mark of them once.
    if (names.length === 0 || (names.length !== open.length && !open.every(isUnknown))) return [...values];
    return [...values.filter((value) => !isOpen(value)), ...names];
  }
}
