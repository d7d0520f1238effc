/** The folder that a command works in. */
import { InputError } from "../../errors.ts";

/** Programs and handlers take relative paths from the project's folder, so the process goes there. */
export function enterFolder(cwd: string | undefined): void {
  if (cwd === undefined) return;
  try {
    process.chdir(cwd);
  } catch {
    throw new InputError(`The folder ${cwd} (--cwd) is not there or can't be entered.`);
  }
}
