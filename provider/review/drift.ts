/** The preview of a refresh as what somebody has done: the same plan as a run's, read the other way. Pure. */
import { handlers } from "../kinds/handlers.ts";
import { type Change, GONE, type Plan } from "./change.ts";

function asDone(change: Change): Change {
  const { kind, op, after } = change;
  const modes: readonly string[] = handlers.get(kind)?.schema.destroy ?? [];
  // A server does not say how an object went: deleted, archived, deactivated. Who is no member any more was removed.
  if (op === "delete") return { ...change, destroy: modes.includes("remove") ? "remove" : GONE };
  // Who is off a list as it was read is not in the room, whatever the list means in the document.
  return after === undefined ? change : { ...change, after: { ...after, membership: "exact" } };
}

/** What of it is this package's. */
export const driftOf = (plan: Plan): Plan => ({
  ...plan,
  changes: plan.changes.filter(({ kind }) => handlers.has(kind)).map(asDone),
});
