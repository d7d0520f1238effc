/** Names of tokens on the server, and ids made of them. Knows no calls. */
import { createHash } from "node:crypto";
import type { PersonalAccessTokenInputs } from "./schema.ts";

/** Keys in order, so that the same triggers always give the same text. */
const canonical = (triggers: Readonly<Record<string, unknown>>): string =>
  JSON.stringify(Object.entries(triggers).sort(([a], [b]) => (a < b ? -1 : 1)));

const SUFFIX = /~[0-9a-f]{8}$/;

/**
 * The name under which the token stands on the server. Names are unique per owner and a regenerated token dies at once, so a rotation
 * without a gap needs another name: `name`, and `name~<8 hex digits of the triggers>` while there are triggers. The same
 * declaration always gives the same name, so that a run which was killed finds its own work.
 */
export function tokenNameOf({ name, triggers }: Pick<PersonalAccessTokenInputs, "name" | "triggers">): string {
  if (triggers === undefined || Object.keys(triggers).length === 0) return name;
  return `${name}~${createHash("sha256").update(canonical(triggers)).digest("hex").slice(0, 8)}`;
}

/** The declared name behind a token's name. */
export const declaredName = (tokenName: string): string => tokenName.replace(SUFFIX, "");

/** `<user id>/<token name>`; user ids hold no slash. */
export const idOf = (userId: string, tokenName: string): string => `${userId}/${tokenName}`;

export function parseId(id: string): { userId: string; tokenName: string } {
  const slash = id.indexOf("/");
  return { userId: id.slice(0, slash), tokenName: id.slice(slash + 1) };
}
