/** What a doctor's visit finds: one line for each check. */

export type Verdict = "ok" | "warning" | "failed";

export interface Check {
  readonly name: string;
  readonly verdict: Verdict;
  /** What was found. */
  readonly text: string;
  /** What to do about it. */
  readonly fix?: string;
}

const SIGNS: Readonly<Record<Verdict, string>> = { ok: "ok     ", warning: "warning", failed: "FAILED " };

export function checkLines({ name, verdict, text, fix }: Check): string {
  const line = `${SIGNS[verdict]}  ${name}: ${text}\n`;
  return fix === undefined ? line : `${line}         ${fix}\n`;
}

/** `failed` from an error that was made for people. */
export const failedBy = (name: string, error: Error): Check => ({ name, verdict: "failed", text: error.message });
