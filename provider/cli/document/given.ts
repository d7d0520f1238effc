/** Which workspace document a command means. Reads none. */
import { ConfigurationError } from "../../errors.ts";
import { DOCUMENT, documentIn } from "./project.ts";

/** The file that was named, else the folder's own document. */
export function documentGiven(file: string | undefined): string {
  const found = file ?? documentIn(process.cwd());
  if (found !== undefined) return found;
  throw new ConfigurationError(`There is no ${DOCUMENT} in ${process.cwd()}, or a program lies beside it.`, {
    hint: "Name a workspace document with -f.",
  });
}
