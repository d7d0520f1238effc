/** A password that is made once and kept in the state, or one that was given and is held to be strong enough. Knows no server. */
import { randomBytes, randomInt } from "node:crypto";
import { isUnknown } from "../../engine/schema.ts";
import type { LocalHandler } from "./contract.ts";

/** 160 bits. In hexadecimal, which is fit for addresses and for MongoDB's key files as it is. */
const BYTES = 20;
/** What Rocket.Chat's default policy asks for: 14 characters of all four sorts. Seven groups have 122 bits. */
const GROUP = ["ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz", "0123456789", "abcdefghijklmnopqrstuvwxyz"];
const GROUPS = 7;
const LEAST_LENGTH = 12;
const LEAST_DIFFERENT = 6;
/** What guessers try first, whatever is put around it. */
const COMMON = ["password", "passwort", "rocketchat", "rocket.chat", "qwerty", "letmein", "123456789", "changeme"];

/** Why a password is weak, without its value; undefined when it is not. */
export function refuseWeak(password: string, username: string | undefined): string | undefined {
  const lower = password.toLowerCase();
  if (password.length < LEAST_LENGTH)
    return `must have at least ${LEAST_LENGTH} characters, but has ${password.length}`;
  if (new Set(password).size < LEAST_DIFFERENT) return `must have at least ${LEAST_DIFFERENT} different characters`;
  if (username !== undefined && username.length > 2 && lower.includes(username.toLowerCase())) {
    return "must not contain the user name";
  }
  const common = COMMON.find((word) => lower.includes(word));
  if (common !== undefined && password.length < LEAST_LENGTH + common.length) {
    return `is a common word ("${common}") with little around it`;
  }
  return undefined;
}

/** Neighbours are of different sorts, so none repeats. */
const forPolicy = (): string =>
  Array.from({ length: GROUPS }, () => GROUP.map((sort) => sort.charAt(randomInt(sort.length))).join("")).join("-");

const make = (form: unknown): string => (form === "policy" ? forPolicy() : randomBytes(BYTES).toString("hex"));

export const generatedPasswordHandler: LocalHandler = {
  kind: "GeneratedPassword",
  // `purpose`: the argument of the component, for messages. `fixed`: what it opens can't get another one. `form`: "policy" for
  // one that satisfies Rocket.Chat's policy, else hexadecimal digits.
  inputs: ["purpose", "given", "username", "fixed", "form"],
  secret: ["given", "password"],
  outputs: ["password"],
  check(olds, news) {
    const { purpose, given, username } = news;
    if (isUnknown(given) || given === undefined) return [];
    if (typeof given !== "string") return [`${purpose}: must be a string`];
    if (news.fixed === true && olds.purpose !== undefined && olds.given !== given) {
      return [
        `${purpose}: can't be changed after the first start: the database keeps the one that it was made with. Set it back.`,
      ];
    }
    const weak = refuseWeak(given, typeof username === "string" && !isUnknown(username) ? username : undefined);
    return weak === undefined ? [] : [`${purpose}: ${weak}. Leave it out to have one made.`];
  },
  compute: ({ given, form }, olds) => ({ password: given ?? olds?.password ?? make(form) }),
};
