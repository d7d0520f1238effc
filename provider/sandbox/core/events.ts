/**
 * What happened during a call, for those who are told of it afterwards: open WebSockets, outgoing integrations, the page.
 * Nobody is told before the change is kept. Knows no route and no listener.
 */
import type { MessageDoc } from "./state.ts";

export type Happening =
  /** A message as it is now: new, edited, reacted to … */
  | { kind: "message"; message: MessageDoc; isNew: boolean; isEdited: boolean }
  | { kind: "message-deleted"; rid: string; id: string };

export type Listener = (happenings: readonly Happening[]) => void;

export class Events {
  #pending: Happening[] = [];
  readonly #listeners = new Set<Listener>();

  /** Takes a copy: what is told is what was true then. */
  messageSaved(message: MessageDoc, isNew: boolean, isEdited = false): void {
    this.#pending.push({ kind: "message", message: structuredClone(message), isNew, isEdited });
  }

  messageDeleted({ rid, _id }: MessageDoc): void {
    this.#pending.push({ kind: "message-deleted", rid, id: _id });
  }

  /** What happened since it was last asked. */
  take(): Happening[] {
    const taken = this.#pending;
    this.#pending = [];
    return taken;
  }

  /** Told of every call that may have changed something, with an empty list where nothing worth telling happened. */
  tell(happenings: readonly Happening[]): void {
    for (const listener of this.#listeners) listener(happenings);
  }

  /** @returns a function that ends it. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
