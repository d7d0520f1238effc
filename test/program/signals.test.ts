/** ^C and the wish of the system to end, once and twice, on both engines: what is recorded, and how the next run goes on. */
import { expect, it, vi } from "vitest";
import { describeOnEngines } from "../support/engines.ts";
import { Things } from "../support/things.ts";

describeOnEngines("a run that is told to end", (engine) => {
  /** Stopped in the middle of a creation; `signals` are sent one after the other, each once the former was heard. */
  async function stopped(signals: readonly NodeJS.Signals[], whole: boolean, release: boolean) {
    const things = new Things();
    try {
      things.declare([
        { name: "slow", props: { gated: true } },
        { name: "later", opts: { dependsOn: ["slow"] } },
      ]);
      const running = await things.begin(engine, "up", "--yes", "--skip-preview");
      await vi.waitUntil(() => things.isWaiting("slow"), { timeout: 200_000, interval: 20 });
      let heard = 0;
      for (const signal of signals) {
        // A terminal's ^C reaches the whole group at once.
        if (whole) process.kill(-running.pid, signal);
        else running.kill(signal);
        heard++;
        await vi.waitUntil(() => (running.output().match(/ received/g) ?? []).length >= heard || heard > 1, {
          timeout: 60_000,
          interval: 300,
        });
      }
      if (release) things.open("slow");
      const { code, output } = await running.done;
      const left = await things.state();
      things.calls();
      things.open("slow");
      const next = await (await things.begin(engine, "up", "--yes", "--skip-preview")).done;
      expect(next.code, next.output).toBe(0);
      const names = left.resources.filter(({ id }) => id?.startsWith("Thing-")).map(({ urn }) => urn.split("::").pop());
      const pending = left.pending.map(({ type, resource }) => `${type} ${resource.urn.split("::").pop()}`);
      return { code, output, names, pending, next: things.writes() };
    } finally {
      things.remove();
    }
  }

  it.each([
    ["^C on the terminal", "SIGINT", true],
    ["SIGTERM", "SIGTERM", false],
  ] as const)("%s: what is in flight ends and is recorded, nothing else begins", async (_title, signal, whole) => {
    const { code, output, names, pending, next } = await stopped([signal], whole, true);
    expect(code, output).toBe(1);
    expect(output).toMatch(/canceled/);
    expect({ names, pending }).toEqual({ names: ["slow"], pending: [] });
    expect(next).toEqual(["create Thing later default"]);
  });

  it("^C twice: ends at once; what was in flight is pending, and the next run makes it", async () => {
    const { code, output, names, pending, next } = await stopped(["SIGINT", "SIGINT"], false, false);
    expect(code, output).toBe(8);
    expect({ names, pending }).toEqual({ names: [], pending: ["creating slow"] });
    expect(next).toEqual(["create Thing slow default", "create Thing later default"]);
  });
});
