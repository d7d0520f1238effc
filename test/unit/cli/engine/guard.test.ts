/** What a handler does to the process it shares with the engine: heard, and without effect on it. */
import { expect, it } from "vitest";
import { guardProcess, unguarded } from "../../../../provider/cli/engine/guard.ts";
import type { RunEvent } from "../../../../provider/runner/events.ts";

function guarded(act: () => void): { said: string[]; aborted: boolean } {
  const said: string[] = [];
  const guard = guardProcess((event: RunEvent) => {
    if (event.type === "diagnostic") said.push(`${event.severity}: ${event.message}`);
  });
  try {
    act();
  } finally {
    guard.release();
  }
  return { said, aborted: guard.signal.aborted };
}

it("hears what is printed, by whatever way, in whole lines", () => {
  const before = [console.log, process.stdout.write, process.exit];
  const { said, aborted } = guarded(() => {
    console.log("%d %s", 1, "one");
    console.warn("careful");
    process.stdout.write("two ");
    process.stdout.write("three\nfour");
    process.stderr.write(Buffer.from("five\n"));
  });
  expect(said).toEqual(["info: 1 one", "warning: careful", "info: two three", "info: five"]);
  expect(aborted).toBe(false);
  expect([console.log, process.stdout.write, process.exit]).toEqual(before);
});

it("turns process.exit into an error of the one who calls it", () => {
  expect(() => guarded(() => process.exit(3))).toThrow("process.exit(3) was called by the provider's code");
});

it("ends the run for an error that nobody waits for", () => {
  const others = process.listeners("uncaughtException");
  const { said, aborted } = guarded(() => {
    const [own] = process.listeners("uncaughtException").filter((listener) => !others.includes(listener));
    own?.(new Error("later"), "uncaughtException");
  });
  expect(said[0]).toMatch(/^error: A provider's code failed outside of its calls: Error: later\n/);
  expect(aborted).toBe(true);
  expect(process.listeners("uncaughtException")).toEqual(others);
});

it("leaves the display its own way to the stream", () => {
  const written: string[] = [];
  const real = process.stdout.write;
  process.stdout.write = ((text: string) => written.push(text) > 0) as typeof real;
  try {
    const stream = unguarded(process.stdout);
    const { said } = guarded(() => stream.write("shown\n"));
    expect([written, said]).toEqual([["shown\n"], []]);
    expect(stream.isTTY).toBe(process.stdout.isTTY);
  } finally {
    process.stdout.write = real;
  }
});
