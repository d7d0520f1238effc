/** Tells open pages that something changed, at most a few times a second. Knows no workspace. */
import type { ServerResponse } from "node:http";

/** However many calls come meanwhile, a page hears once in so many ms. */
const PAUSE_MS = 300;

export class LivePages {
  readonly #open = new Set<ServerResponse>();
  #timer: NodeJS.Timeout | undefined;

  /** Takes over a request for the stream of changes. */
  attach(outgoing: ServerResponse): void {
    outgoing.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    outgoing.write("retry: 1000\n\n");
    this.#open.add(outgoing);
    outgoing.on("close", () => this.#open.delete(outgoing));
  }

  changed(): void {
    if (this.#open.size === 0) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      for (const outgoing of this.#open) outgoing.write("event: changed\ndata:\n\n");
    }, PAUSE_MS).unref();
  }

  close(): void {
    clearTimeout(this.#timer);
    for (const outgoing of this.#open) outgoing.end();
  }
}
