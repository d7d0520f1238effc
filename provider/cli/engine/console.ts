/** What handlers print while they run in this process becomes a line of the display, not a hole in it. */
import { formatWithOptions } from "node:util";
import type { Listener } from "../../runner/events.ts";

const methods = ["log", "info", "debug", "warn", "error"] as const;

/** Gives back the function that undoes it. */
export function captureConsole(listener: Listener): () => void {
  const before = methods.map((method) => [method, console[method]] as const);
  for (const method of methods) {
    const severity = method === "warn" ? "warning" : "info";
    console[method] = (...words: unknown[]) =>
      listener({ type: "diagnostic", severity, message: formatWithOptions({ colors: false }, ...words) });
  }
  return () => {
    for (const [method, original] of before) console[method] = original;
  };
}
