/** Outputs that are made when they are looked at behave as if they had been there from the beginning. */
import { beforeEach, expect, it } from "vitest";
import { makeOutputsLate } from "../../../../provider/runner/protocol/late-outputs.ts";

type Resolvers = Record<string, (...result: unknown[]) => void>;

let made: string[];
let rpc: { transferProperties(owner: object, label: string, properties: object): Resolvers };
let closures: { createClosureInfoAsync?: () => string };

/** As the SDK does it: a property for each key, and a function that resolves it. */
function transferProperties(owner: object, label: string, properties: object): Resolvers {
  const entries = Object.entries(properties).filter(([key]) => key !== "id" && key !== "urn");
  return Object.fromEntries(
    entries.map(([key, value]) => {
      if (Object.hasOwn(owner, key)) throw new Error(`Property '${key}' is already initialized on target '${label}`);
      made.push(key);
      const { promise, resolve } = Promise.withResolvers<unknown>();
      Object.assign(owner, { [key]: { value, promise } });
      return [key, resolve];
    }),
  );
}

beforeEach(() => {
  made = [];
  rpc = { transferProperties };
  closures = { createClosureInfoAsync: () => "closure" };
  makeOutputsLate(rpc, closures);
});

interface Made {
  value: unknown;
  promise: Promise<unknown>;
}

it("makes only what is looked at, once, resolved before or after", async () => {
  const owner = {} as { early: Made; late: Made; never: Made };
  const resolvers = rpc.transferProperties(owner, "label", { id: 1, urn: 2, early: 3, late: 4, never: 5 });
  expect(Object.keys(resolvers)).toEqual(["early", "late", "never"]);
  expect(Object.keys(owner)).toEqual(["early", "late", "never"]);
  expect(made).toEqual([]);
  const { early } = owner;
  for (const [key, resolve] of Object.entries(resolvers)) resolve(`${key} is there`);
  expect(owner.early).toBe(early);
  expect(early.value).toBe(3);
  expect(await early.promise).toBe("early is there");
  expect(await owner.late.promise).toBe("late is there");
  expect(made).toEqual(["early", "late"]);
});

it("lets a subclass put something else in its place", () => {
  const owner = {} as { name: unknown };
  const { name } = rpc.transferProperties(owner, "label", { name: "given" });
  owner.name = "own";
  name?.("from the engine");
  expect(owner.name).toBe("own");
  expect(made).toEqual([]);
});

it("refuses what the SDK refuses", () => {
  const owner = { name: "there" };
  expect(() => rpc.transferProperties(owner, "label", { name: 1 })).toThrow("already initialized on target 'label");
  const again = {};
  rpc.transferProperties(again, "label", { name: 1 });
  expect(() => rpc.transferProperties(again, "label", { name: 1 })).toThrow("already initialized on target 'label");
});

it("makes all of them, and the later ones at once, when closures are read", async () => {
  const owner = {} as { name: Made };
  const { name } = rpc.transferProperties(owner, "label", { name: "given" });
  expect(closures.createClosureInfoAsync?.()).toBe("closure");
  expect(Object.getOwnPropertyDescriptor(owner, "name")?.value).toBeDefined();
  name?.("there");
  expect(await owner.name.promise).toBe("there");
  const next = {};
  rpc.transferProperties(next, "label", { name: "given" });
  expect(Object.getOwnPropertyDescriptor(next, "name")?.value).toBeDefined();
});

it("leaves an SDK alone that doesn't say when closures are read", () => {
  const other = { transferProperties };
  makeOutputsLate(other, {});
  expect(other.transferProperties).toBe(transferProperties);
});
