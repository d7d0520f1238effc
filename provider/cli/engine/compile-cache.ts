/** Keeps compiled code from run to run: half of a small run is Node reading the Pulumi SDK. */
import { createRequire, enableCompileCache } from "node:module";
import { dirname, join, resolve } from "node:path";

/**
 * For this process and those it starts (the program; under the CLI also the provider). Beside the project's packages, for
 * in a shared folder others could put code. A cache that can't be written is silently none.
 */
export function keepCompiledCode(folder: string): void {
  if (process.env.NODE_COMPILE_CACHE !== undefined) return;
  try {
    const sdk = createRequire(join(folder, "package.json")).resolve("@pulumi/pulumi/package.json");
    const cache = resolve(dirname(sdk), "../../.cache/pulumi-rocketchat");
    enableCompileCache(cache);
    process.env.NODE_COMPILE_CACHE = cache;
  } catch {
    // No SDK, no program: whoever needs it says so.
  }
}
