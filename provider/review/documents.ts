/** A plan from two documents alone. Asks no server: what is on it may differ from both. */
import { rulesOf } from "../engine/schema.ts";
import { handlers } from "../kinds/handlers.ts";
import type { Entry } from "../workspace/entry.ts";
import type { WorkspaceDocument } from "../workspace/load.ts";
import { type Change, destroyOf, type FieldChange, listOf, type Plan, SECRET, type Values } from "./change.ts";
import { fieldsOf } from "./fields.ts";
import { adminsAfter } from "./guards.ts";
import { masked } from "./mask.ts";

type Document = Pick<WorkspaceDocument, "entries">;

const keyOf = ({ handler, name }: { readonly handler: Entry["handler"]; readonly name: string }): string =>
  `${handler.kind} ${name}`;

export function compareDocuments(before: Document, after: Document): Plan {
  const old = new Map(before.entries.map((entry) => [keyOf(entry), entry]));
  const changes: Change[] = [];
  for (const entry of after.entries) {
    const names = [entry.name, ...(entry.was === undefined ? [] : [entry.was])];
    const key = names.map((name) => keyOf({ handler: entry.handler, name })).find((one) => old.has(one));
    const former = key === undefined ? undefined : old.get(key);
    if (key !== undefined) old.delete(key);
    changes.push(...change(former, entry));
  }
  for (const gone of old.values()) changes.push(...change(gone, undefined));
  return { changes, managed: before.entries.length, problems: [] };
}

/** Usernames that a document makes admin. */
export function declaredAdmins({ entries }: Document): string[] {
  const made = entries.flatMap((entry) => change(undefined, entry));
  return [...adminsAfter([], { changes: made, managed: 0, problems: [] })];
}

function change(before: Entry | undefined, after: Entry | undefined): Change[] {
  const entry = after ?? before;
  if (entry === undefined) return [];
  const { kind } = entry.handler;
  const [old, next] = [before && inputsOf(before), after && inputsOf(after)];
  const fields = fieldsOf(kind, old, next, { told: before && after ? otherSecrets(before, after) : [] });
  if (before && after && fields.length === 0) return [];
  const replaces = before && after ? fields.filter((one) => replacesBy(kind, one)).map(({ key }) => key) : [];
  const op =
    before === undefined ? "create" : after === undefined ? "delete" : replaces.length > 0 ? "replace" : "update";
  const gone = op === "delete" || op === "replace";
  return [
    {
      kind,
      op,
      resource: entry.name,
      ...(old && { before: old }),
      ...(next && { after: next }),
      fields,
      replaces,
      ...(gone && { destroy: destroyOf(kind, old ?? {}, undefined) }),
    },
  ];
}

function inputsOf({ handler, inputs, secrets }: Entry): Values {
  const whole = new Set(secrets.filter(({ path }) => path.length === 1).map(({ path: [key] }) => key));
  const entries = Object.entries(masked(handler.kind, inputs));
  return Object.fromEntries(entries.map(([key, value]) => [key, whole.has(key) ? SECRET : value]));
}

/** Arguments whose secrets come from another place than before. */
function otherSecrets(before: Entry, after: Entry): string[] {
  const sources = ({ secrets }: Entry) =>
    new Map(secrets.map(({ path, source }) => [JSON.stringify(path), JSON.stringify(source)]));
  const [old, next] = [sources(before), sources(after)];
  const differs = [...next].filter(([path, source]) => old.has(path) && old.get(path) !== source);
  return differs.map(([path]) => listOf(JSON.parse(path))[0] ?? "");
}

function replacesBy(kind: string, { key, before, after }: FieldChange): boolean {
  const { replaces = false } = rulesOf(handlers.get(kind)?.schema.inputs.shape[key]);
  if (typeof replaces === "boolean") return replaces;
  const [old, next] = [before, after] as [Values | undefined, Values | undefined];
  return replaces.some((member) => old?.[member] !== next?.[member]);
}
