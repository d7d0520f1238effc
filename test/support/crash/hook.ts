/**
 * Ends its own process by SIGKILL at one moment of what it does to files and calls: before it, half way, or after it.
 * Loaded before anything else of the process. Knows neither the engine nor the state's format beyond its files' names.
 */
import crypto from "node:crypto";
import { subscribe } from "node:diagnostics_channel";
import fs from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import path from "node:path";

/** `torn`: half of the bytes are written. */
export type Point = "before" | "torn" | "after";

/** The nth time (from 1) that this happens. Undefined: never, all is counted only. */
export interface Moment {
  readonly event: string;
  readonly point: Point;
  readonly nth: number;
}

export interface HookOptions {
  /** Only files below it count. */
  readonly folder: string;
  readonly moment: Moment | undefined;
  /** Keys that were derived already, as hex by the salt as hex: deriving one costs as much as all the rest. */
  readonly keys: Readonly<Record<string, string>>;
}

const die = (): void => void process.kill(process.pid, "SIGKILL");

/** Gives the counts: how often each event happened so far. */
export function hook({ folder, moment, keys }: HookOptions): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  /** Counts an event; true when it is the one to be killed at. */
  const due = (event: string): boolean => {
    counts[event] = (counts[event] ?? 0) + 1;
    return event === moment?.event && counts[event] === moment.nth;
  };

  type Act = (...args: unknown[]) => Promise<unknown>;
  /** Stands around a function on files; `half` does half of it. */
  const around = (event: string, act: () => Promise<unknown>, half?: () => Promise<unknown>): Promise<unknown> => {
    if (!due(event)) return act();
    return (async () => {
      if (moment?.point === "after") await act();
      if (moment?.point === "torn") await half?.();
      die();
    })();
  };
  const isOurs = (file: unknown): file is string => typeof file === "string" && file.startsWith(folder);
  const halfOf = (data: unknown) => {
    const bytes = Buffer.from(data as string | Uint8Array);
    return bytes.subarray(0, bytes.length >> 1);
  };

  /** Names of open files, to say of which a write is. */
  const parts = new WeakMap<object, string>();
  const wrapHandle = (prototype: Record<string, Act>) => {
    for (const name of ["write", "writeFile", "datasync", "sync"]) {
      const original = prototype[name]!;
      prototype[name] = function (this: object, ...args: unknown[]) {
        const part = parts.get(this);
        const act = () => original.apply(this, args);
        if (part === undefined) return act();
        const half = () => {
          if (name === "writeFile") return original.call(this, halfOf(args[0]));
          const [buffer, offset, length, position] = args as [Uint8Array, number, number, number];
          return original.call(this, buffer, offset, length >> 1, position);
        };
        return around(`${part} ${name}`, act, half);
      };
    }
  };

  const original = { ...fs };
  let wrapped = false;
  const patched: Record<string, unknown> = {
    async open(file: unknown, ...args: unknown[]) {
      const act = () => (original.open as unknown as Act)(file, ...args);
      const isFolder = args[0] === "r";
      if (!isOurs(file) || isFolder) return act();
      const handle = (await around(`${partOf(file)} open`, act)) as object;
      if (!wrapped) wrapHandle(Object.getPrototypeOf(handle) as Record<string, Act>);
      wrapped = true;
      parts.set(handle, partOf(file));
      return handle;
    },
    writeFile(file: unknown, data: unknown, ...args: unknown[]) {
      const write = original.writeFile as unknown as Act;
      const act = () => write(file, data, ...args);
      return isOurs(file) ? around(`${partOf(file)} writeFile`, act, () => write(file, halfOf(data), ...args)) : act();
    },
  };
  for (const name of ["rename", "rm", "copyFile", "mkdir", "link", "unlink"] as const) {
    patched[name] = (file: unknown, ...args: unknown[]) => {
      const act = () => (original[name] as unknown as Act)(file, ...args);
      return isOurs(file) ? around(`${partOf(file)} ${name}`, act) : act();
    };
  }
  Object.assign(fs, patched);

  const derive = crypto.pbkdf2 as unknown as (...args: unknown[]) => void;
  Object.assign(crypto, {
    pbkdf2(passphrase: string, salt: Buffer, ...args: unknown[]) {
      const known = keys[salt.toString("hex")];
      if (known === undefined) return derive(passphrase, salt, ...args);
      (args.at(-1) as (error: null, key: Buffer) => void)(null, Buffer.from(known, "hex"));
    },
  });
  syncBuiltinESMExports();

  const onCall = (channel: string, point: Point) =>
    subscribe(channel, (message) => {
      const { method, path: route } = (message as { request: { method: string; path: string } }).request;
      if (due(`${kindOfCall(method, route)} ${point}`)) die();
    });
  onCall("undici:request:create", "before");
  onCall("undici:request:trailers", "after");
  return counts;
}

export const kindOfCall = (method: string, route: string): string =>
  /\/log(in|out)$/.test(route) ? "log-in" : method === "GET" ? "read" : "write";

/** Which part of the state a file is. */
function partOf(file: string): string {
  const name = path.basename(file);
  if (file.includes(`${path.sep}locks${path.sep}`)) return "lock";
  if (name.includes(".journal")) return "journal";
  if (name.includes(".bak")) return "backup";
  if (name.startsWith("meta.yaml")) return "layout";
  return path.extname(name) === "" ? "folder" : "checkpoint";
}
