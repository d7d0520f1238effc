/** Damages a text that holds JSON, one document or one per line: by bytes, or by what it means. Same seed, same damage. */
import type { Random } from "../../../../support/random.ts";

type Holder = Record<string, unknown>;
const isHolder = (value: unknown): value is Holder => typeof value === "object" && value !== null;

/** Every object and list in a value, with itself. */
function holders(value: unknown): Holder[] {
  return isHolder(value) ? [value, ...Object.values(value).flatMap(holders)] : [];
}

const deep = (levels: number) => JSON.parse("[".repeat(levels) + "]".repeat(levels)) as unknown;

const strange = (random: Random): unknown =>
  random.pick([
    null,
    true,
    "",
    0,
    -1,
    1.5,
    "@1e999@",
    9_007_199_254_740_991,
    [],
    {},
    [null],
    "urn:pulumi:dev::golden::test:index:Thing::b",
    "urn:pulumi:other::golden::test:index:Thing::a",
    "\u0000",
    "\ud800",
    "x".repeat(5_000),
    deep(random.pick([50, 2_000])),
    { __proto__: 1, constructor: 2, toString: null },
    {
      "4dabf18193072939515e22adb298388d": random.pick(["1b47061264138c4ac30d75fd1eb44270", "x", 1]),
      ciphertext: "v1:a:b",
    },
  ]);

/** Changes one thing of a document. */
function mutateValue(document: unknown, random: Random): unknown {
  const all = holders(document);
  if (all.length === 0) return strange(random);
  const holder = random.pick(all);
  const keys = Object.keys(holder);
  const key = random.pick(keys.length > 0 ? keys : ["x"]);
  const other = random.pick(all);
  const otherKey = random.pick(Object.keys(other).length > 0 ? Object.keys(other) : ["x"]);
  const list = Array.isArray(holder) ? (holder as unknown[]) : undefined;
  const actions: readonly (() => unknown)[] = [
    () => Reflect.deleteProperty(holder, key),
    () => list?.splice(Number(key), 1),
    () => list?.push(...structuredClone(list)),
    () => list?.reverse(),
    () => Object.assign(holder, { [key]: strange(random) }),
    () => Object.assign(holder, { [key]: structuredClone(other[otherKey]) }),
    () => Object.assign(holder, { [otherKey]: structuredClone(other[otherKey]) }),
    () =>
      Object.defineProperty(holder, "__proto__", {
        value: strange(random),
        enumerable: true,
        configurable: true,
        writable: true,
      }),
    () =>
      typeof holder[key] === "string" && Object.assign(holder, { [key]: mutateText(holder[key] as string, random) }),
    () => Object.assign(holder, { [key]: String(holder[key]) }),
    () => Object.assign(holder, { [key]: [holder[key]] }),
  ];
  random.pick(actions)();
  return document;
}

function mutateText(text: string, random: Random): string {
  const at = random.below(text.length + 1);
  return text.slice(0, at) + random.pick(["", "x", "::", "\n", '"', "é"]) + text.slice(at + random.below(3));
}

function mutateBytes(bytes: Buffer, random: Random): Buffer {
  const copy = Buffer.from(bytes);
  const at = random.below(copy.length);
  const actions: readonly (() => Buffer)[] = [
    () => copy.subarray(0, at),
    () => copy.subarray(at),
    () => Buffer.concat([copy.subarray(0, at), Buffer.from([0xff, 0xfe, 0xc3]), copy.subarray(at)]),
    () => Buffer.concat([copy.subarray(0, at), copy.subarray(random.below(copy.length))]),
    () => copy.fill(0, at, Math.min(copy.length, at + 1 + random.below(64))),
    () => {
      for (let n = 0; n <= random.below(4); n += 1) copy[random.below(copy.length)] = random.below(256);
      return copy;
    },
    () => {
      copy[at] = (copy[at] ?? 0) ^ (1 << random.below(8));
      return copy;
    },
  ];
  return random.pick(actions)();
}

const textOf = (value: unknown) => (JSON.stringify(value) ?? "null").replaceAll('"@1e999@"', "1e999");

/** `isLines`: one document per line, as in a journal. */
export function mutate(original: string, isLines: boolean, random: Random): Buffer {
  if (random.below(3) === 0) return mutateBytes(Buffer.from(original), random);
  if (!isLines) {
    let document: unknown = JSON.parse(original);
    for (let n = random.below(3); n >= 0; n -= 1) document = mutateValue(document, random);
    return Buffer.from(textOf(document));
  }
  const lines = original.split("\n").slice(0, -1);
  const at = random.below(lines.length);
  const line = lines[at] ?? "";
  const actions: readonly (() => unknown)[] = [
    () => lines.splice(at, 1),
    () => lines.splice(at, 0, line),
    () => lines.splice(at, 1, random.pick(lines)),
    () => lines.push(line),
    () => lines.splice(at, 1, textOf(mutateValue(JSON.parse(line), random))),
    () => lines.splice(at, 1, textOf(mutateValue(mutateValue(JSON.parse(line), random), random))),
  ];
  random.pick(actions)();
  return Buffer.from(`${lines.join("\n")}\n`);
}
