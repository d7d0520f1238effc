/** Recognises the server's own error codes, wherever a version puts them. Knows no endpoint. */
import { CallError, NotFoundError } from "../../errors.ts";

/**
 * True when the server answered with one of the codes. Looked for in `errorType`, in `error`, and in the `[code]` at the end of
 * `error`: several endpoints swap the two members, and 9.0 keeps a forbidden act's code in the text alone.
 */
export function hasCode(error: unknown, ...codes: readonly string[]): error is CallError {
  if (!(error instanceof CallError)) return false;
  const { errorType, serverMessage = "" } = error.call;
  return codes.some((code) => errorType === code || serverMessage === code || serverMessage.endsWith(`[${code}]`));
}

/** The answer of a call that may find nothing: `undefined` for NotFoundError and for the codes given. */
export async function orUndefined<T>(call: Promise<T>, ...codes: readonly string[]): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof NotFoundError || hasCode(error, ...codes)) return undefined;
    throw error;
  }
}
