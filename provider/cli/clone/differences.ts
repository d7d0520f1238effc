/** What can't be the same on the target: for want of a release that knows it, or because a server makes it itself. Pure. */
import { type Features, featuresOf, parseVersion } from "../../client/versions.ts";
import type { AnyHandler } from "../../engine/handler.ts";
import type { Entry } from "../../workspace/entry.ts";
import { type Trail, trailOf } from "./leave-out.ts";

/** What is lost where the target has not got it, and for which sections that matters; the other features only ask for other calls. */
const LOST: Partial<Record<keyof Features, { readonly sections: readonly string[]; readonly text: string }>> = {
  extendedRoomSettings: { sections: ["channels", "teams"], text: "join codes and custom fields can't be set there" },
  writesSounds: {
    sections: ["customSounds"],
    text: "can't be made there (Rocket.Chat 8.5 or newer); --exclude customSounds leaves them out",
  },
};

/** Objects of the kind are the server's: they can be changed, and neither made nor deleted. */
const isServersOwn = ({ schema: { destroy } }: AnyHandler): boolean =>
  destroy.includes("restore") && !destroy.includes("delete");

/** The kinds of `entries` whose objects have to be there already. */
export const kindsToLookUp = (entries: readonly Entry[]): AnyHandler[] => [
  ...new Set(entries.map(({ handler }) => handler).filter(isServersOwn)),
];

/** Entries that the target can't have; `there`: the names it has, by kind. */
export const unknownEntries = (
  entries: readonly Entry[],
  there: ReadonlyMap<string, ReadonlySet<string>>,
): readonly Entry[] =>
  entries.filter(({ handler, inputs }) => {
    const [key = ""] = handler.schema.document.keys;
    const names = there.get(handler.kind);
    return names !== undefined && !names.has(String(inputs[key]));
  });

/** Where the password stands of the account that makes the clone. */
export const ownPasswords = (entries: readonly Entry[], username: string): Trail[] =>
  entries.flatMap((entry) => {
    const rules = entry.handler.schema.document.export?.password;
    return rules !== undefined && entry.inputs[rules.account] === username && rules.input in entry.inputs
      ? [[...trailOf(entry), rules.input]]
      : [];
  });

/** What of the document the older one of two releases can't do: a line for each section. */
export function versionLines(source: string, target: string, entries: readonly Entry[]): string[] {
  const [from, to] = [parseVersion(source), parseVersion(target)];
  if (from === undefined || to === undefined) return [];
  const [had, has] = [featuresOf(from), featuresOf(to)];
  const used = new Set(entries.map(({ handler }) => handler.schema.document.section));
  return Object.entries(LOST).flatMap(([name, { sections, text }]) =>
    had[name as keyof Features] && !has[name as keyof Features]
      ? sections.filter((section) => used.has(section)).map((section) => `${section}: ${text}`)
      : [],
  );
}

const PASSWORDS = {
  random: "the server invents a password for each new person and mails it",
  secret: "each person gets a new password, sealed in the stack's configuration",
  adopt: "people who are not there already are an error",
} as const;

/** What stays behind: passwords, tokens, addresses. A line for each kind of the document that has any. */
export function remadeLines(entries: readonly Entry[], passwords: keyof typeof PASSWORDS | undefined): string[] {
  const counts = new Map<AnyHandler, number>();
  for (const { handler } of entries) counts.set(handler, (counts.get(handler) ?? 0) + 1);
  return [...counts].flatMap(([{ schema }, count]) => {
    const { section, export: rules } = schema.document;
    const lines: string[] = [];
    if (rules?.password !== undefined && passwords !== undefined)
      lines.push(`${section}: passwords (${count}); ${PASSWORDS[passwords]}`);
    if (rules?.anew !== undefined)
      lines.push(`${section}: ${rules.anew.join(", ")} (${count}); the target makes new ones`);
    return lines;
  });
}
