/** Puts names in the place of ids, so that two runs can be compared: what one server calls X1 the other calls Y7. */
import { isDeepStrictEqual } from "node:util";
import { isSecret, type Resource } from "../../../provider/runner/state/index.ts";
import type { Cloud } from "../things.ts";

export class Names {
  /** Serial of the first thing: such numbers occur nowhere else. */
  static readonly FIRST = 7_000_001;
  readonly #names = new Map<string, string>();

  constructor(url: string, adminId: string) {
    this.#names.set(url, "<server>");
    this.#names.set(adminId, "<admin>");
  }

  /** Ids that came up until now. */
  learn(resources: readonly Resource[], objects: Cloud["objects"]): void {
    for (const { id, urn, type, outputs } of resources) {
      // The ids of memberships and tokens hold those of rooms and users; a setting's is its name.
      const isOwn = id !== undefined && /^\w{17,}$/.test(id) && type.includes("dynamic/rocketchat:");
      if (isOwn && !this.#names.has(id)) this.#names.set(id, `<${urn.split("::").at(-1)}>`);
      const token = isSecret(outputs?.token) ? outputs.token.value : undefined;
      if (typeof token === "string" && token.length >= 40)
        this.#names.set(token, `<token of ${urn.split("::").at(-1)}>`);
    }
    for (const [id, { name }] of Object.entries(objects)) {
      const serial = id.slice(id.lastIndexOf("-") + 1);
      if (!this.#names.has(serial)) this.#names.set(serial, `<${name}>`);
    }
  }

  /** The value with names in it; lists in an order that ids don't decide. */
  plain(value: unknown): unknown {
    if (Array.isArray(value)) {
      const items = value.map((item) => this.plain(item));
      return items.every((item) => typeof item === "object" && item !== null && !Array.isArray(item))
        ? items.sort((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1))
        : items;
    }
    if (typeof value === "object" && value !== null) {
      const entries = Object.entries(value).map(([key, item]): [string, unknown] => [
        this.#named(key),
        this.plain(item),
      ]);
      return Object.fromEntries(entries.sort(([left], [right]) => (left < right ? -1 : 1)));
    }
    if (typeof value === "number") return this.#names.get(String(value)) ?? value;
    return typeof value === "string" ? this.#named(value) : value;
  }

  #named(text: string): string {
    return [...this.#names].reduce((named, [id, name]) => named.replaceAll(id, name), text);
  }
}

/** The parts in which two values differ, as lines: where, what it is here and what there. */
export function differences(left: unknown, right: unknown, at = ""): string[] {
  if (isDeepStrictEqual(left, right)) return [];
  const [one, other] = [left, right].map((side) => (typeof side === "object" && side !== null ? side : undefined));
  if (!one || !other || Array.isArray(one) !== Array.isArray(other))
    return [`${at}: ${JSON.stringify(left)} | ${JSON.stringify(right)}`];
  const [mine, theirs] = [one, other] as Record<string, unknown>[];
  return [...new Set([...Object.keys(mine ?? {}), ...Object.keys(theirs ?? {})])].flatMap((key) =>
    differences(mine?.[key], theirs?.[key], `${at}/${key}`),
  );
}
