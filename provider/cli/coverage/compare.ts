/** Live objects beside what is managed: each one is managed, unmanaged or ignored. Pure. */
import type { AnyHandler } from "../../engine/handler.ts";
import { byCodePoint } from "../../exporter/model.ts";
import type { Seen } from "../../exporter/read.ts";
import { type Managed, peopleOf } from "./managed.ts";

export interface Row {
  readonly handler: AnyHandler;
  readonly managed: number;
  /** In code-point order of their names. */
  readonly unmanaged: readonly { readonly id: string; readonly name: string }[];
  readonly ignored: number;
}

export type SeenByKind = ReadonlyMap<AnyHandler, readonly Seen[]>;

/** Edges in which the connection's own account stands because it made the room or team. */
const OWN_EDGES = new Set(["ChannelMember", "TeamMember"]);

/** By room: who is a member by the lists of the room itself. */
function listed(seen: SeenByKind, managed: Managed): Map<string, ReadonlySet<string> | "all"> {
  const people = new Map<string, ReadonlySet<string> | "all">();
  for (const [handler, objects] of seen) {
    if (handler.kind !== "Channel") continue;
    for (const { id, parts } of objects) {
      const name = parts.join("/");
      const inputs = managed.inputsFor(handler, { id, name });
      if (inputs !== undefined) people.set(name, peopleOf(inputs));
    }
  }
  return people;
}

/** One row for each kind of which there is something, in the document's order. `self`: the connection's own username. */
export function compare(seen: SeenByKind, managed: Managed, self: string): Row[] {
  const people = listed(seen, managed);
  const isListed = (handler: AnyHandler, [room = "", username = ""]: readonly string[]): boolean => {
    const inRoom = handler.kind === "ChannelMember" ? people.get(room) : undefined;
    return inRoom === "all" || inRoom?.has(username) === true;
  };
  return [...seen].map(([handler, objects]) => {
    const unmanaged: { id: string; name: string }[] = [];
    let count = 0;
    let ignored = 0;
    for (const { id, parts, leftOut } of objects) {
      const name = parts.join("/");
      const isOwn = OWN_EDGES.has(handler.kind) && parts.at(-1) === self;
      if (managed.inputsFor(handler, { id, name }) !== undefined || isListed(handler, parts)) count++;
      else if (leftOut !== undefined || isOwn) ignored++;
      else unmanaged.push({ id, name });
    }
    unmanaged.sort((one, other) => byCodePoint(one.name, other.name));
    return { handler, managed: count, unmanaged, ignored };
  });
}
