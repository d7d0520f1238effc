/**
 * What Pulumi's SDK reads in every program and few programs use: 0.2 s. Knows inner modules of the SDK, of which none is
 * promised: what isn't found as expected stays as it is.
 */
import { join } from "node:path";
import { lateInspector } from "./late-inspector.ts";
import { called, compiled, loadLate } from "./late-modules.ts";

interface Tracing {
  readonly trace: { getTracer(name: string): { startSpan(name: string): unknown } };
}

/** `root`: folder of the SDK. */
export function readSdkLate(root: string, require: NodeJS.Require): void {
  const at = (path: string) => join(root, path);
  // To serialise closures only: TypeScript, and npm's view of node_modules.
  loadLate(at("typescript-shim.js"), require);
  loadLate(at("runtime/closure/codePaths.js"), require, (load) => ({
    ...compiled,
    computeCodePaths: called(load, "computeCodePaths"),
  }));
  loadLate(at("runtime/closure/v8Hooks.js"), require, () => ({ ...compiled, ...lateInspector() }));
  // For programs that run other programs.
  loadLate(at("automation/index.js"), require, () => compiled);
  // Exporters of traces. The host asks for spans from the start, and these are nobody's until tracing begins.
  loadLate(at("cmd/run/tracing.js"), require, () => ({
    ...compiled,
    newSpan: (name: string) => (require("@opentelemetry/api") as Tracing).trace.getTracer("").startSpan(name),
  }));
}
