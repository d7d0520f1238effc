/**
 * Spares the program's process what costs most in Pulumi's SDK and is for nobody here. Knows inner modules of the SDK, of
 * which none is promised: what isn't found as expected stays as it is.
 */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { makeOutputsLate } from "./late-outputs.ts";
import { readSdkLate } from "./late-sdk.ts";
import { type Loaded, wrap } from "./wrap.ts";

/** Registrations under way at once, at least; the engine works on fewer, and more of them only take memory. */
const LEAST_IN_FLIGHT = 64;
/** Registrations that are begun in one turn of the event loop. */
const AT_ONCE = 16;

/** Each promise of the SDK keeps the text of a stack trace, some thirty a resource: for PULUMI_DEBUG_PROMISE_LEAKS only. */
export function withoutTraces(debuggable: Loaded | undefined): void {
  wrap(
    debuggable,
    "debuggablePromise",
    (original) =>
      function (...args) {
        const limit = Error.stackTraceLimit;
        Error.stackTraceLimit = 0;
        try {
          return original.apply(this, args);
        } finally {
          Error.stackTraceLimit = limit;
        }
      },
  );
}

/** Debug lines go to the engine one by one, some three a resource, and end there unread. */
export function withoutDebugLines(log: Loaded | undefined): void {
  wrap(log, "debug", () => () => Promise.resolve());
}

/**
 * Begins registrations only while fewer than `most` are under way: all messages of a large program at once take 40 kB a
 * resource. What is under way ends without the others, so this can't block; what waits for another resource isn't.
 */
export function registerInTurn(rpc: Loaded | undefined, client: Loaded | undefined, most: number): void {
  const waiting: (() => void)[] = [];
  let next = 0;
  let inFlight = 0;
  let scheduled = false;

  function begin(): void {
    scheduled = false;
    for (let begun = 0; begun < AT_ONCE && inFlight < most && next < waiting.length; begun++) {
      waiting[next++]?.();
    }
    if (next === waiting.length) {
      waiting.length = 0;
      next = 0;
    }
    schedule();
  }
  function schedule(): void {
    if (scheduled || inFlight >= most || next === waiting.length) return;
    scheduled = true;
    setImmediate(begin);
  }

  const counted = wrap(
    client,
    "registerResource",
    (original) =>
      function (...args) {
        const answer = args.pop();
        inFlight++;
        const answered = (...results: unknown[]): void => {
          inFlight--;
          schedule();
          if (typeof answer === "function") answer(...results);
        };
        return original.call(this, ...args, answered);
      },
  );
  // Uncounted, it would only delay.
  if (!counted) return;
  wrap(
    rpc,
    "serializeResourceProperties",
    (original) =>
      async function (...args) {
        await new Promise<void>((resolve) => {
          waiting.push(resolve);
          schedule();
        });
        return original.apply(this, args);
      },
  );
}

/** `host`: the SDK's program host, `.../cmd/run/index.js`. */
export function makeLean(host: string, parallel: number): void {
  const require = createRequire(host);
  const root = dirname(dirname(dirname(host)));
  const load = (path: string): Loaded | undefined => {
    try {
      return require(join(root, path)) as Loaded;
    } catch {
      return undefined;
    }
  };
  readSdkLate(root, require);
  // The SDK wants this before anything that loads gRPC.
  load("cmd/run/instrumentation.js");
  if (!process.env.PULUMI_DEBUG_PROMISE_LEAKS) withoutTraces(load("runtime/debuggable.js"));
  withoutDebugLines(load("log/index.js"));
  makeOutputsLate(load("runtime/rpc.js"), load("runtime/closure/createClosure.js"));
  const client = load("proto/resource_grpc_pb.js")?.ResourceMonitorClient as { prototype?: Loaded } | undefined;
  registerInTurn(load("runtime/rpc.js"), client?.prototype, Math.max(LEAST_IN_FLIGHT, 2 * (parallel || 0)));
}
