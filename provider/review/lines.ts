/** One change as lines for a reviewer: the object, what differs in it, and a line for each person that comes or goes. */
import { rulesOf } from "../engine/schema.ts";
import { PEOPLE } from "../kinds/channel/schema.ts";
import { handlers } from "../kinds/handlers.ts";
import { argument, type Change, type FieldChange, formerText, listOf, SECRET, textOf, type Values } from "./change.ts";
import { holdsMask } from "./mask.ts";
import { show } from "./show.ts";
import { REVIEW, type Words } from "./words.ts";

export type Sign = "+" | "-" | "~";

export interface Line {
  readonly sign: Sign;
  readonly text: string;
  /** Below it, in less weight. */
  readonly details: readonly string[];
}

const signs = { create: "+", update: "~", replace: "~", delete: "-" } as const;

/** Words for what `onDestroy` does. */
const ends: Readonly<Record<string, string>> = {
  archive: "archived",
  deactivate: "deactivated",
  delete: "deleted",
  remove: "removed",
  restore: "set back to what it was before",
  default: "set back to the server's default",
  retain: "no longer managed; stays as it is",
};

const spaced = (kind: string): string => kind.replaceAll(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();

/** People come and go in lines of their own. */
const peopleKeys: readonly string[] = Object.keys(PEOPLE);

export function linesOf(change: Change, words: Words = REVIEW): Line[] {
  if (change.kind === "ChannelMember" || change.kind === "TeamMember") return membership(change, words);
  if (change.kind === "RoleMember") return roleLines(change);
  const details = change.op === "delete" ? [] : detailsOf(change, words);
  const persons = change.kind === "Channel" ? people(change) : [];
  const peopleOnly = change.op === "update" && change.fields.every(({ key }) => peopleKeys.includes(key));
  if (peopleOnly && persons.length > 0) return persons;
  const stays = change.op === "delete" && change.destroy === "retain";
  return [{ sign: stays ? "~" : signs[change.op], text: headline(change, words), details }, ...persons];
}

function headline(change: Change, words: Words): string {
  const { op, destroy = "delete", replaces } = change;
  const what = `${label(change)}`;
  if (op === "create")
    return change.after?.adopt === true ? `${what} is made, or taken over if it is there` : `${what} is made`;
  if (op === "delete") return `${what} is ${ends[destroy] ?? destroy}`;
  if (op === "update") return `${what} ${words.changes}`;
  const why = replaces.length > 0 ? ` because of ${replaces.join(", ")}` : "";
  return `${what} is made anew${why}; the old one is ${ends[destroy] ?? destroy}`;
}

/** `Room #builds`, `Setting Site_Name`, `Incoming webhook "ci"`. */
export function label(change: Change): string {
  const { kind, resource } = change;
  const key = handlers.get(kind)?.schema.document.keys.at(-1);
  const name = (key === undefined ? undefined : textOf(change, key)) ?? resource;
  if (kind === "Channel") return `Room #${name}`;
  if (kind === "User") return `Account @${name}`;
  if (["Setting", "Permission"].includes(kind)) return `${kind} ${name}`;
  const word = handlers.has(kind) ? spaced(kind) : kind;
  return `${word.charAt(0).toUpperCase()}${word.slice(1)} "${name}"`;
}

function detailsOf({ kind, op, fields }: Change, words: Words): string[] {
  const shape = handlers.get(kind)?.schema.inputs.shape ?? {};
  const keys = handlers.get(kind)?.schema.document.keys ?? [];
  return fields
    .filter(({ key }) => !(kind === "Channel" && peopleKeys.includes(key)) && !(op === "create" && keys.includes(key)))
    .map((one) => detail(one, op, rulesOf(shape[one.key]).set === true, words));
}

function detail({ key, before, after }: FieldChange, op: Change["op"], isSet: boolean, words: Words): string {
  if (after === SECRET || before === SECRET) {
    return `${key}: ${before === undefined ? "secret, set" : after === undefined ? `secret, ${words.gone}` : "secret, changed"}`;
  }
  if (op !== "create" && holdsMask(after) && JSON.stringify(before) === JSON.stringify(after))
    return `${key}: a secret in it changed`;
  if (op === "create") return `${key}: ${show(after)}`;
  if (isSet && Array.isArray(before) && Array.isArray(after)) {
    const [old, next] = [listOf(before), listOf(after)];
    const added = next.filter((item) => !old.includes(item)).map((item) => `+ ${show(item)}`);
    const removed = old.filter((item) => !next.includes(item)).map((item) => `- ${show(item)}`);
    return `${key}: ${[...added, ...removed].join(", ")}`;
  }
  return `${key}: ${show(before, words.absent)} → ${show(after, words.absent)}`;
}

/** The roles that lists of people give to each of them; nobody for lists that are not managed. */
function rolesByPerson(inputs: Values | undefined): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [key, role] of Object.entries(PEOPLE)) {
    for (const who of listOf(inputs?.[key])) found.set(who, [...(found.get(who) ?? []), ...(role ? [role] : [])]);
  }
  return found;
}

const as = (roles: readonly string[]): string => (roles.length > 0 ? ` as ${roles.join(", ")}` : "");

function people({ op, before, after }: Change): Line[] {
  if (op === "delete") return [];
  const [old, next] = [rolesByPerson(op === "update" ? before : undefined), rolesByPerson(after)];
  const exact = after?.membership === "exact";
  const line = (sign: Sign, text: string): Line => ({ sign, text, details: [] });
  const lines = [...new Set([...old.keys(), ...next.keys()])].sort().flatMap((who) => {
    const [was, is] = [old.get(who), next.get(who)];
    if (was === undefined) return [line("+", `@${who} joins${as(is ?? [])}`)];
    if (is === undefined)
      return [exact ? line("-", `@${who} is removed`) : line("~", `@${who} is no longer listed; stays in the room`)];
    const [gains, losses] = [is.filter((role) => !was.includes(role)), was.filter((role) => !is.includes(role))];
    return [
      ...gains.map((role) => line("+", `@${who} becomes ${role}`)),
      ...losses.map((role) =>
        exact ? line("-", `@${who} is ${role} no more`) : line("~", `@${who} is no longer listed as ${role}; stays so`),
      ),
    ];
  });
  // Who goes must not stand somewhere between hundreds who come.
  return lines.toSorted((one, other) => "-~+".indexOf(one.sign) - "-~+".indexOf(other.sign));
}

function membership(change: Change, words: Words): Line[] {
  const who = `@${String(argument(change, "username"))}`;
  if (change.op === "update")
    return [{ sign: "~", text: `${who} ${words.changes}`, details: detailsOf(change, words) }];
  const joins: Line = { sign: "+", text: `${who} joins${as(listOf(change.after?.roles))}`, details: [] };
  if (change.op === "create") return [joins];
  const stays = change.destroy === "retain";
  const left: Line = {
    sign: stays ? "~" : "-",
    text: `@${formerText(change, "username")} ${stays ? "is no longer managed; stays" : "is removed"}${elsewhere(change)}`,
    details: [],
  };
  return change.op === "delete" ? [left] : [left, joins];
}

/** Where somebody was who joins another room or team now: the line stands with that one. */
function elsewhere(change: Change): string {
  const key = change.kind === "TeamMember" ? "team" : "channel";
  if (change.op === "delete" || change.before?.[key] === change.after?.[key]) return "";
  const former = `${key === "team" ? "the team " : "#"}${formerText(change, key)}`;
  return change.destroy === "retain" ? ` in ${former}` : ` from ${former}`;
}

function roleLines(change: Change): Line[] {
  const given = ({ username, role, channel }: Values) =>
    `@${String(username)}: role ${String(role)}${channel === undefined ? "" : ` in #${String(channel)}`}`;
  const lines: Line[] = [];
  if (change.before && change.op !== "update") {
    const stays = change.destroy === "retain";
    lines.push({
      sign: stays ? "~" : "-",
      text: `${given(change.before)}${stays ? ", no longer managed; stays" : " is taken away"}`,
      details: [],
    });
  }
  if (change.after) {
    lines.push({
      sign: change.op === "update" ? "~" : "+",
      text: `${given(change.after)}${change.op === "update" ? " changes" : " is given"}`,
      details: [],
    });
  }
  return lines;
}
