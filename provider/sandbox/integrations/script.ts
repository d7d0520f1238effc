/**
 * Checks the script of an integration. The server transpiles scripts; the sandbox neither transpiles nor runs them, so
 * `scriptCompiled` is the script itself. Knows no route.
 */
import { Script } from "node:vm";

export interface CompiledScript {
  scriptCompiled?: string;
  scriptError?: { name: string; message: string };
}

/** Undefined for a blank script. */
export function compileScript(script: unknown): CompiledScript | undefined {
  if (typeof script !== "string" || script.trim() === "") return undefined;
  try {
    new Script(script);
    return { scriptCompiled: script };
  } catch (error) {
    const { name, message } = error as Error;
    return { scriptError: { name, message } };
  }
}
