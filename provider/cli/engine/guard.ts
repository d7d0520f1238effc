/**
 * Handlers run in this process. What they print becomes a line of the display, not a hole in it; and what would end the
 * process ends the run instead, in order: calls in flight are finished and recorded.
 */
import { formatWithOptions } from "node:util";
import { messageOf } from "../../runner/errors.ts";
import type { Listener } from "../../runner/events.ts";
import { forUser } from "../../runner/protocol/messages.ts";

const methods = ["log", "info", "debug", "warn", "error"] as const;

const engineFolder = new URL("../../runner/", import.meta.url).pathname;

export interface Guard {
  /** Aborted when code of a handler failed outside of its calls. */
  readonly signal: AbortSignal;
  release(): void;
}

export function guardProcess(listener: Listener): Guard {
  const controller = new AbortController();
  const undo: (() => void)[] = [];
  const replace = <T extends object, K extends keyof T>(owner: T, key: K, value: T[K]) => {
    const before = owner[key];
    owner[key] = value;
    undo.push(() => {
      owner[key] = before;
    });
  };

  for (const method of methods) {
    const severity = method === "warn" ? "warning" : "info";
    replace(console, method, (...words: unknown[]) =>
      listener({ type: "diagnostic", severity, message: formatWithOptions({ colors: false }, ...words) }),
    );
  }

  for (const stream of [process.stdout, process.stderr]) {
    const say = (line: string) => listener({ type: "diagnostic", severity: "info", message: line });
    replace(stream, "write", intoLines(say) as typeof stream.write);
  }

  replace(process, "exit", ((code?: number | string) => {
    throw new Error(`process.exit(${code ?? ""}) was called by the provider's code, which runs inside the engine`);
  }) as typeof process.exit);

  const fail = (error: unknown) => {
    const message = error instanceof Error && error.stack ? providersOwn(error.stack) : messageOf(error);
    listener({
      type: "diagnostic",
      severity: "error",
      message: `A provider's code failed outside of its calls: ${message}`,
    });
    controller.abort();
  };
  process.on("uncaughtException", fail);
  process.on("unhandledRejection", fail);
  undo.push(() => process.off("uncaughtException", fail).off("unhandledRejection", fail));

  return {
    signal: controller.signal,
    release() {
      for (const step of undo.splice(0)) step();
    },
  };
}

/** Without the frames of the engine, which tell nobody anything. */
function providersOwn(stack: string): string {
  const lines = forUser(stack).split("\n");
  return lines.filter((line) => !line.includes(engineFolder)).join("\n");
}

/** The same stream for those who may write to it while it is guarded: the display. */
export function unguarded(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  const write = stream.write.bind(stream);
  return new Proxy(stream, {
    get(target, key) {
      const value: unknown = key === "write" ? write : Reflect.get(target, key, target);
      return typeof value === "function" && key !== "write" ? value.bind(target) : value;
    },
  });
}

/** A stream's `write` that hands on whole lines. */
function intoLines(say: (line: string) => void) {
  let rest = "";
  return (chunk: string | Uint8Array, encoding?: unknown, done?: unknown): boolean => {
    const lines = `${rest}${typeof chunk === "string" ? chunk : Buffer.from(chunk).toString()}`.split("\n");
    rest = lines.pop() ?? "";
    lines.forEach(say);
    const callback = typeof encoding === "function" ? encoding : done;
    if (typeof callback === "function") process.nextTick(() => callback());
    return true;
  };
}
