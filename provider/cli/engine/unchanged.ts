/**
 * What a preview told when it found nothing to do: an update that follows at once would come to the same, word for word, so
 * it is told again and not worked out a second time. Knows no display.
 */
import { isDeepStrictEqual } from "node:util";
import type { Listener, RunEvent } from "../../runner/events.ts";

export interface Unchanged {
  readonly listener: Listener;
  /** Undefined as soon as anything was to be done, written down or said. */
  readonly events: readonly RunEvent[] | undefined;
}

/** The state itself is as it was, not only the object: the run would write nothing. */
function isNothing(event: RunEvent): boolean {
  if (event.type === "outputs") return isDeepStrictEqual(event.old, event.next);
  if (!("step" in event) || event.type === "failed") return false;
  const { op, old, next } = event.step;
  return op === "same" && (event.type === "start" || old === next);
}

export function recordUnchanged(): Unchanged {
  let events: RunEvent[] | undefined = [];
  return {
    listener(event) {
      if (!isNothing(event)) events = undefined;
      // A start says nothing that the end doesn't.
      else if (event.type !== "start") events?.push(event);
    },
    get events() {
      return events;
    },
  };
}
