/** What the terminal can do, from the environment. Draws nothing. */

/** Elsewhere each line stands for itself: a pipe, a CI's log (which may call itself a terminal), a terminal without cursor. */
export function isDrawable(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv = process.env): boolean {
  const inCi = !["", "0", "false"].includes(env.CI ?? "");
  return stream.isTTY === true && env.TERM !== "dumb" && !inCi;
}
