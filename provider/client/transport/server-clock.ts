/** Translates the server's points in time into this machine's, whose clock may differ. */

export class ServerClock {
  /** The server's clock is ahead of ours by at least this much. */
  private leadMs: number | undefined;

  /**
   * Learns from the `Date` header of an answer (whole seconds, rounded down). The true lead is at least `date - receivedAt`,
   * and the greatest such bound is the closest one. Waiting by a lower bound is never too short.
   */
  observe(date: string | undefined, receivedAt: number): void {
    const time = Date.parse(date ?? "");
    if (Number.isNaN(time)) return;
    this.leadMs = Math.max(this.leadMs ?? -Infinity, time - receivedAt);
  }

  /** Epoch milliseconds there → epoch milliseconds here. Without any `Date` seen, the clocks are taken as equal. */
  toLocal(serverTime: number): number {
    return serverTime - (this.leadMs ?? 0);
  }
}
