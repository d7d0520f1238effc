/** Reads the code, the sentence and the details out of an error body, in whichever of the server's shapes it comes. */
import type { Content } from "../transport/content.ts";
import { classOfCode } from "./codes.ts";

export interface ServerWords {
  /** The server's code: `errorType`, else the `[code]` at the end of `error`, else `error` itself where that is a code. */
  readonly code: string | undefined;
  /** `error` as it came (older servers: `message`), trimmed. */
  readonly raw: string | undefined;
  /** What the server says to a person; undefined where it says nothing but the code. */
  readonly sentence: string | undefined;
  readonly details: unknown;
}

const TRAILING_CODE = /\s*\[([^[\]]+)\]\s*$/;
const LOOKS_LIKE_CODE = /^[A-Za-z0-9]+([_-][A-Za-z0-9]+)+$|^\d{3}$/;

export function wordsOf(content: Content): ServerWords {
  if (content.kind === "text")
    return { code: undefined, raw: content.text, sentence: content.text.slice(0, 300), details: undefined };
  const body =
    content.kind === "json" && typeof content.value === "object" && content.value !== null ? content.value : {};
  const { errorType, error, message, details } = body as Record<string, unknown>;
  const type = textOf(errorType);
  const words = textOf(error) ?? textOf(message);
  const trailing = words === undefined ? undefined : TRAILING_CODE.exec(words)?.[1];

  // Some routes have the sentence in `errorType` and the code in `error`: whichever is known as a code is the code.
  const candidates = [type, trailing, words].filter((text) => text !== undefined);
  const known = candidates.filter((text) => classOfCode(text) !== undefined);
  const code = [...known, ...candidates].find((text) => LOOKS_LIKE_CODE.test(text)) ?? known[0];

  // At log-in `error` is the code and `message` the sentence.
  const sentences = [words, textOf(message), type].map((text) => text?.replace(TRAILING_CODE, "").trim());
  const sentence = sentences.find((text) => text && text !== code);
  return { code, raw: words, sentence: sentence?.replace(/\s*\n\s*/g, "; "), details };
}

export const codeOf = (content: Content): string | undefined => wordsOf(content).code;

const textOf = (value: unknown): string | undefined => {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
};
