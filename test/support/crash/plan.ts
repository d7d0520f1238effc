/** Which moments a loop of killed runs tries: spread over all operations and kinds of moments, chosen by a seed. */
import type { Random } from "../random.ts";
import type { Point } from "./hook.ts";
import type { Kill } from "./trial.ts";
import { OPERATIONS, type OperationName } from "./worlds.ts";

/** Kinds of moments, as the table has them. */
export const MOMENTS = [
  "before a call",
  "call on its way",
  "server has acted",
  "after the answer",
  "journal",
  "checkpoint",
  "lock",
  "clock",
  "twice: in folding",
  "twice: in recovery",
] as const;

export type MomentKind = (typeof MOMENTS)[number];

/** How often each event happens in an operation that nobody kills. */
export type Counts = Readonly<Record<string, number>>;

export interface Plan {
  readonly operation: OperationName;
  readonly kind: MomentKind;
  readonly kills: readonly Kill[];
  /** A person looks at what is there before trying again. */
  readonly refreshFirst: boolean;
}

const CALLS = ["log-in", "read", "write"] as const;
const POINTS: readonly Point[] = ["before", "torn", "after"];
/** Runs last about as long; a later kill would find nothing to end. */
const LONGEST_MS = 700;

/** One plan, or undefined where an operation has no such moment. */
export function planOne(operation: OperationName, kind: MomentKind, counts: Counts, random: Random): Plan | undefined {
  const kills = killsOf(kind, counts, random);
  return kills && { operation, kind, kills, refreshFirst: random.below(3) === 0 };
}

function killsOf(kind: MomentKind, counts: Counts, random: Random): Kill[] | undefined {
  const nthOf = (event: string) => 1 + random.below(counts[event] ?? 0);
  const call = () => random.pick(CALLS.filter((name) => counts[`${name} before`]));
  const onFile = (wanted: (event: string) => boolean): Kill | undefined => {
    const events = Object.keys(counts).filter((event) => wanted(event) && !/ (before|after)$/.test(event));
    if (events.length === 0) return undefined;
    const event = random.pick(events);
    return { by: "hook", moment: { event, point: random.pick(POINTS), nth: nthOf(event) } };
  };
  const byServer = (point: "before" | "after"): Kill => {
    const name = call();
    return { by: "server", point, kind: name, nth: nthOf(`${name} before`) };
  };
  const atCall = (point: "before" | "after"): Kill => {
    const event = `${call()} ${point}`;
    return { by: "hook", moment: { event, point, nth: nthOf(event) } };
  };
  /** Of the first run: once something is in the journal, so that there is something to recover. */
  const first = (): Kill => {
    const record: Kill = {
      by: "hook",
      moment: { event: "journal datasync", point: "after", nth: nthOf("journal datasync") },
    };
    const write: Kill = { by: "server", point: "after", kind: "write", nth: nthOf("write before") };
    return counts["write before"] ? random.pick([record, write]) : record;
  };
  switch (kind) {
    case "before a call":
      return [atCall("before")];
    case "call on its way":
      return [byServer("before")];
    case "server has acted":
      return [byServer("after")];
    case "after the answer":
      return [atCall("after")];
    case "journal":
      return one(onFile((event) => event.startsWith("journal")));
    case "checkpoint":
      return one(onFile((event) => /^(checkpoint|backup|folder|layout)/.test(event)));
    case "lock":
      return one(onFile((event) => event.startsWith("lock")));
    case "clock":
      return [{ by: "clock", ms: random.below(LONGEST_MS) }];
    case "twice: in folding": {
      const fold = onFile((event) => /^(checkpoint|backup|journal rm|lock)/.test(event));
      // The first of its kind: the journal that the first run left is folded before anything else is done.
      const second: Kill[] = fold?.by === "hook" ? [{ by: "hook", moment: { ...fold.moment, nth: 1 } }] : [];
      return [first(), ...second];
    }
    case "twice: in recovery":
      return [first(), random.pick([atCall("before"), byServer("after")])];
  }
}

const one = (kill: Kill | undefined): Kill[] | undefined => kill && [kill];

/** As many as wanted, each pair of operation and kind in its turn. A stream, for a moment may turn out never to come. */
export function* plans(
  counts: Readonly<Record<OperationName, Counts>>,
  random: Random,
): Generator<Plan, never, undefined> {
  const pairs = (Object.keys(OPERATIONS) as OperationName[]).flatMap((operation) =>
    MOMENTS.map((kind) => ({ operation, kind })),
  );
  for (;;) {
    const left = [...pairs];
    while (left.length > 0) {
      const [pair] = left.splice(random.below(left.length), 1);
      const plan = planOne(pair!.operation, pair!.kind, counts[pair!.operation], random);
      if (plan) yield plan;
    }
  }
}
