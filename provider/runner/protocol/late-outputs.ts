/**
 * Makes the outputs of a resource when the program first looks at them. Each takes some forty promises, for as long as the
 * resource isn't made, and most are never looked at. Knows inner modules of Pulumi's SDK; see lean-sdk.ts.
 */
import { type Loaded, wrap } from "./wrap.ts";

type Resolve = (...result: unknown[]) => void;

/**
 * `rpc`: the SDK's module that gives a resource its outputs; `closures`: the one that reads objects by the descriptors of
 * their properties, which must find values there.
 */
export function makeOutputsLate(rpc: Loaded | undefined, closures: Loaded | undefined): void {
  const unmade = new Set<() => void>();
  let late = true;

  function makeAll(): void {
    late = false;
    for (const make of unmade) make();
  }
  // Without a place to say stop, it doesn't begin.
  const canStop = wrap(
    closures,
    "createClosureInfoAsync",
    (original) =>
      function (...args) {
        makeAll();
        return original.apply(this, args);
      },
  );
  if (!canStop) return;

  wrap(
    rpc,
    "transferProperties",
    (original) =>
      function (this: unknown, ...args) {
        const [owner, label, properties] = args as [Record<string, unknown>, unknown, Record<string, unknown>];
        const make = (key: string): Record<string, Resolve> =>
          original.call(this, owner, label, { [key]: properties[key] }) as Record<string, Resolve>;
        const keys = Object.keys(properties).filter((key) => key !== "id" && key !== "urn");
        // What it refuses is for it to say.
        if (!late || keys.some((key) => Object.hasOwn(owner, key))) return original.apply(this, args);
        return Object.fromEntries(keys.map((key) => [key, lateOutput(owner, key, make, unmade)]));
      },
  );
}

/** Gives what resolves the output: at once when it is there by then, else as soon as it is made. */
function lateOutput(
  owner: Record<string, unknown>,
  key: string,
  make: (key: string) => Record<string, Resolve>,
  unmade: Set<() => void>,
): Resolve {
  let result: unknown[] | undefined;
  let resolve: Resolve | undefined;
  const now = (): void => {
    unmade.delete(now);
    delete owner[key];
    resolve = make(key)[key];
    if (result) resolve?.(...result);
  };
  unmade.add(now);
  Object.defineProperty(owner, key, {
    configurable: true,
    enumerable: true,
    get() {
      now();
      return owner[key];
    },
    // A subclass may put something else in its place.
    set(value: unknown) {
      unmade.delete(now);
      Object.defineProperty(owner, key, { configurable: true, enumerable: true, writable: true, value });
    },
  });
  return (...given) => {
    result = given;
    resolve?.(...given);
  };
}
