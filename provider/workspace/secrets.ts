/** What a document takes from elsewhere: secrets, put in the place of their references, and files, which must be there. */
import type { Declared } from "../engine/handler.ts";
import type { Entry, SecretReference } from "./entry.ts";
import { missingFiles } from "./files.ts";
import { DocumentError, type Problem } from "./problem.ts";
import { put } from "./put.ts";

export interface SecretSources {
  /** The value of a configuration key; undefined when it has none. */
  config(key: string): unknown;
  /** The value of an environment variable; undefined when it has none. */
  env(name: string): unknown;
}

const describe = ({ source, at: { file, line } }: SecretReference, path: string): Omit<Problem, "at"> =>
  "secret" in source
    ? {
        message: `${path}: the stack's configuration has no "${source.secret}"`,
        hint: `Give it once with \`pulumi-rocketchat config set --secret ${source.secret}\`.`,
      }
    : {
        message: `${path}: the environment has no ${source.env}`,
        hint: `Set the variable ${source.env}, or take the value from elsewhere in line ${line} of ${file.path}.`,
      };

/** Inputs by entry, secrets in place. Throws DocumentError naming every secret and every file that is not there. */
export function fillSecrets(entries: readonly Entry[], sources: SecretSources): Map<Entry, Declared> {
  const problems: Problem[] = [...missingFiles(entries)];
  const filled = new Map<Entry, Declared>();
  for (const entry of entries) {
    let inputs = entry.inputs;
    for (const reference of entry.secrets) {
      const { source, path, at } = reference;
      const value = "secret" in source ? sources.config(source.secret) : sources.env(source.env);
      if (value === undefined) problems.push({ ...describe(reference, `${entry.path}.${path.join(".")}`), at });
      else inputs = put(inputs, path, value) as Declared;
    }
    filled.set(entry, inputs);
  }
  if (problems.length > 0) throw new DocumentError(problems);
  return filled;
}
