/** Loads packages that only a component needs, when one is made: programs without it need not install them. */
import { createRequire } from "node:module";

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
