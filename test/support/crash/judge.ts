/** What a stack's state says against what is on the server: lost, made twice, or known to one of the two only. */
import type { StackStore } from "../../../provider/runner/state/index.ts";
import { unwrap } from "../../../provider/runner/state/index.ts";
import type { Reader } from "../reader.ts";
import type { Operation } from "./worlds.ts";

export interface Verdict {
  /** Declared, but not on the server, or there as another object than before. */
  readonly lost: readonly string[];
  /** More than once on the server. */
  readonly duplicates: readonly string[];
  /** In the state but not on the server, or on the server but not in the state. */
  readonly ghosts: readonly string[];
}

/** An object of a run: kind and id, and the name by which a person would know it. */
interface Thing {
  readonly key: string;
  readonly name: string;
}

/** All that the runs may have made, as the server has it: what is put away counts as gone. */
async function onServer(reader: Reader): Promise<Thing[]> {
  const [users, rooms, hooks, { tokens }] = await Promise.all([
    reader.users(),
    reader.rooms(),
    reader.integrations(),
    reader.get("users.getPersonalAccessTokens") as Promise<{ tokens: { name: string; lastTokenPart: string }[] }>,
  ]);
  return [
    ...users
      .filter(({ username, active }) => username.startsWith("person") && active)
      .map(({ _id, username }) => ({ key: `User ${_id}`, name: `User ${username}` })),
    ...rooms
      .filter(({ name, archived }) => name.startsWith("room") && !archived)
      .map(({ _id, name }) => ({ key: `Channel ${_id}`, name: `Channel ${name}` })),
    ...hooks.map(({ _id, name }) => ({ key: `Webhook ${_id}`, name: `Webhook ${name}` })),
    // The value's end tells whether the state has the value in force.
    ...tokens.map(({ name, lastTokenPart }) => ({ key: `Token ${name} …${lastTokenPart}`, name: `Token ${name}` })),
  ];
}

/** The same as the state has it. */
function inState(store: StackStore): Thing[] {
  return store.resources.flatMap(({ type, id = "", urn, outputs = {} }) => {
    const name = urn.split("::").at(-1) ?? urn;
    const kind = type.split(":").at(-1);
    if (kind === "User" || kind === "Channel") return { key: `${kind} ${id}`, name };
    if (kind === "IncomingWebhook" || kind === "OutgoingWebhook") return { key: `Webhook ${id}`, name };
    if (kind !== "PersonalAccessToken") return [];
    return { key: `Token ${outputs.tokenName} …${String(unwrap(outputs.token)).slice(-6)}`, name };
  });
}

/** `formerIds`: ids by name before the operation. */
export async function judge(
  { after, exchanged }: Operation,
  formerIds: Readonly<Record<string, string>>,
  store: StackStore,
  reader: Reader,
): Promise<Verdict> {
  const there = await onServer(reader);
  const known = inState(store);
  const ids = idsOf(store);
  const serverKeys = new Set(there.map(({ key }) => key));
  const stateKeys = new Set(known.map(({ key }) => key));
  return {
    lost: Object.keys(after).filter((name) =>
      exchanged.includes(name) || !(name in formerIds) ? !(name in ids) : ids[name] !== formerIds[name],
    ),
    duplicates: there.flatMap(({ name, key }, index) =>
      there.findIndex((other) => other.name === name) < index ? `${name} (${key})` : [],
    ),
    ghosts: [
      ...known
        .filter(({ key }) => !serverKeys.has(key))
        .map(({ key, name }) => `${name} (${key}) is only in the state`),
      ...there
        .filter(({ key }) => !stateKeys.has(key))
        .map(({ key, name }) => `${name} (${key}) is only on the server`),
      ...Object.keys(ids)
        .filter((name) => !(name in after))
        .map((name) => `${name} is not declared, but in the state`),
    ],
  };
}

/** Ids by name in the program. */
export const idsOf = (store: Pick<StackStore, "resources">): Record<string, string> =>
  Object.fromEntries(
    store.resources
      .filter(({ type }) => type.includes("dynamic/"))
      .map(({ urn, id = "" }) => [urn.split("::").at(-1) ?? urn, id]),
  );
