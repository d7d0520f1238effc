/** What a component needs before it begins: its arguments right, and the package that only it needs. Programs without the component need not install that. */
import { createRequire } from "node:module";
import type { Failure } from "../../engine/check.ts";
import { reportInvalid } from "../../kinds/base/invalid.ts";

const load = createRequire(import.meta.url);

/** The package, or the sentence that says how to get it. */
export function requirePackage<T>(name: string): { loaded: T } | { missing: string } {
  try {
    return { loaded: load(name) as T };
  } catch (error) {
    // One that is there but broken has an error of its own to tell.
    if ((error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND" || !String(error).includes(`'${name}'`))
      throw error;
    return {
      missing: `needs the package ${name}, which is not installed: run \`npm install ${name}\` in the program's folder`,
    };
  }
}

/** The package; or, when it is missing or arguments are wrong, all of that is reported and what the component would give never comes. */
export function requireValid<T>(
  kind: string,
  name: string,
  needed: string,
  failures: readonly Failure[],
): { library: T } | { never: Promise<never> } {
  const found = requirePackage<T>(needed);
  if ("loaded" in found && failures.length === 0) return { library: found.loaded };
  const missing = "missing" in found ? [{ path: "", reason: found.missing }] : [];
  return { never: reportInvalid(kind, name, [...missing, ...failures]) };
}
