/** Functions of foreign modules in other clothes. Knows none of them. */

export type Loaded = Record<string, unknown>;
export type Method = (this: unknown, ...args: unknown[]) => unknown;

/** Replaces one function of a module, if it is there; says whether it was. */
export function wrap(module: Loaded | undefined, name: string, replacement: (original: Method) => Method): boolean {
  const original = module?.[name];
  if (module === undefined || typeof original !== "function") return false;
  // With what is written on it: the SDK marks functions that closures may not capture.
  module[name] = Object.assign(replacement(original as Method), original);
  return true;
}
