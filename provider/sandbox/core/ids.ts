/** Fresh identifiers in the server's notations. Knows nothing else. */
import { createHash, randomBytes } from "node:crypto";

const LETTERS = "23456789ABCDEFGHJKLMNPQRSTWXYZabcdefghijkmnopqrstuvwxyz";
const URL_SAFE = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

function pick(alphabet: string, length: number): string {
  let text = "";
  for (const byte of randomBytes(length)) text += alphabet[byte % alphabet.length];
  return text;
}

const processPart = randomBytes(5).toString("hex");
let counter = randomBytes(3).readUIntBE(0, 3);

/** 24 hex digits, as the database makes them: rooms, messages, integrations, the first admin. */
export function objectId(): string {
  counter = (counter + 1) % 0x1000000;
  const seconds = Math.floor(Date.now() / 1000).toString(16);
  return `${seconds}${processPart}${counter.toString(16).padStart(6, "0")}`;
}

/** 17 letters and digits: users. */
export const randomId = (): string => pick(LETTERS, 17);

/** 43 url-safe characters: login tokens, personal access tokens, client secrets. */
export const authToken = (): string => pick(URL_SAFE, 43);

/** `length` letters and digits: 48 for incoming hooks, 6 for invites. */
export const randomText = (length: number): string => pick(LETTERS, length);

/** The form in which the server keeps a token. */
export const hashToken = (token: string): string => createHash("sha256").update(token).digest("base64");

export const sha256Hex = (text: string): string => createHash("sha256").update(text).digest("hex");
