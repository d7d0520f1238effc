/**
 * Modules that are read when they are first used, not when they are required. Knows nothing of what they do.
 * A module that isn't there stays as it is.
 */
import Module from "node:module";

/** Members that a module can be asked for without reading it; `load` reads it. */
export type Early = (load: () => Record<string, unknown>) => Readonly<Record<string, unknown>>;

/** The mark of a compiled ES module. Who imports one without it copies, and so reads, all of it at once. */
export const compiled = { __esModule: true };

/** A function of the module that reads it when it is called. */
export const called =
  (load: () => Record<string, unknown>, name: string) =>
  (...args: unknown[]): unknown =>
    (load()[name] as (...args: unknown[]) => unknown)(...args);

/** Puts a stand-in for a module where those that require it look first. */
export function loadLate(path: string, require: NodeJS.Require, early: Early = () => ({})): void {
  let file: string;
  try {
    file = require.resolve(path);
  } catch {
    return;
  }
  const standIn = new Module(file);
  standIn.filename = file;
  standIn.loaded = true;
  let real: Record<string, unknown> | undefined;
  const load = () => {
    if (real === undefined) {
      delete require.cache[file];
      real = require(file) as Record<string, unknown>;
    }
    return real;
  };
  const known = early(load);
  standIn.exports = new Proxy(
    {},
    {
      get: (_, key) =>
        real === undefined && Object.hasOwn(known, key) ? known[key as string] : (Reflect.get(load(), key) as unknown),
      has: (_, key) => Reflect.has(load(), key),
      ownKeys: () => Reflect.ownKeys(load()),
      // Configurable, or a proxy of an empty object may not show it.
      getOwnPropertyDescriptor: (_, key) => {
        const found = Reflect.getOwnPropertyDescriptor(load(), key);
        return found && { ...found, configurable: true };
      },
    },
  );
  require.cache[file] = standIn;
}
