import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createProgress } from "../../../../provider/runner/display/progress.ts";
import { widthOf } from "../../../../provider/runner/display/text.ts";
import type { RunEvent, StepInfo, StepOp } from "../../../../provider/runner/events.ts";
import { FakeTerminal } from "./terminal.ts";

const stack = "urn:pulumi:dev::p::pulumi:pulumi:Stack::p-dev";
const group = "urn:pulumi:dev::p::my:index:Group::group";
const urn = (name: string, parent = stack) =>
  `urn:pulumi:dev::p::${parent === group ? "my:index:Group$" : ""}pulumi-nodejs:dynamic/things:Thing::${name}`;

function step(op: StepOp, name: string, parent: string | undefined = stack, more: Partial<StepInfo> = {}): StepInfo {
  const own = name === "p-dev" ? stack : name === "group" ? group : urn(name, parent);
  const state = { urn: own, type: "t", custom: true, ...(own === stack ? {} : { parent }) };
  const gone = op === "delete";
  return { op, urn: own, keys: {}, replaces: [], ...(gone ? { old: state } : { next: state }), ...more };
}
const start = (info: StepInfo): RunEvent => ({ type: "start", step: info });
const done = (info: StepInfo, seconds = 0.5): RunEvent => ({ type: "done", step: info, seconds });

function live(terminal: FakeTerminal, options: { planned?: boolean; diff?: boolean } = {}) {
  const { planned = false, diff = false } = options;
  const progress = createProgress({ stream: terminal, live: true, planned, doing: "updating", diff });
  return {
    end: progress.end,
    note: progress.note,
    tell: (...events: RunEvent[]) => {
      for (const event of events) progress.listener(event);
      vi.advanceTimersByTime(100);
    },
  };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("draws a tree in columns, and leaves what it came to", () => {
  const terminal = new FakeTerminal(100);
  const { tell, end } = live(terminal);
  terminal.write("Updating (dev):\n");
  tell(start(step("create", "p-dev")), done(step("create", "p-dev"), 0.01), start(step("create", "group")));
  tell(
    done(step("create", "group"), 0),
    start(step("create", "child", group)),
    start(step("update", "b", stack, { keys: { color: "update" } })),
  );
  tell({ type: "diagnostic", severity: "warning", urn: urn("b"), message: "mind\nthe gap" });
  vi.advanceTimersByTime(3_000);
  expect(terminal.screen).toMatchInlineSnapshot(`
    "Updating (dev):
         Type                                      Name   Status              Info
     +   pulumi:pulumi:Stack                       p-dev  created (0.01s)
     +   ├─ my:index:Group                         group  created (0.00s)
     +   │  └─ pulumi-nodejs:dynamic/things:Thing  child  creating (3s)
     ~   └─ pulumi-nodejs:dynamic/things:Thing     b      updating (3s)       [diff: ~color]; warning:…
    @ updating: 2 done, 2 under way, 3s"
  `);
  expect(terminal.cursorShown).toBe(false);
  tell(done(step("create", "child", group), 12.3), {
    type: "failed",
    step: step("update", "b", stack, { keys: { color: "update" } }),
    message: "no\nbecause",
    seconds: 1,
  });
  end();
  expect(terminal.screen).toMatchInlineSnapshot(`
    "Updating (dev):
         Type                                      Name   Status                  Info
     +   pulumi:pulumi:Stack                       p-dev  created (0.01s)
     +   ├─ my:index:Group                         group  created (0.00s)
     +   │  └─ pulumi-nodejs:dynamic/things:Thing  child  created (12s)
     ~   └─ pulumi-nodejs:dynamic/things:Thing     b      **updating failed**     [diff: ~color]; 1 er…"
  `);
  expect(terminal.cursorShown).toBe(true);
});

it("shows a replacement as one thing, and nothing of what stays the same", () => {
  const terminal = new FakeTerminal(100);
  const { tell, end } = live(terminal);
  tell(done(step("same", "p-dev")), done(step("same", "a")), start(step("create-replacement", "b")));
  expect(terminal.screen).toContain("++  └─ pulumi-nodejs:dynamic/things:Thing  b      creating replacement (0s)");
  tell(done(step("create-replacement", "b"), 1), done(step("replace", "b"), 0), start(step("delete-replaced", "b")));
  expect(terminal.screen).toContain("deleting original (0s)");
  tell(done(step("delete-replaced", "b"), 2));
  end();
  expect(terminal.screen).toMatchInlineSnapshot(`
    "     Type                                   Name   Status
         pulumi:pulumi:Stack                    p-dev
     +-  └─ pulumi-nodejs:dynamic/things:Thing  b      replaced (3.00s)"
  `);
});

it("hangs a deleted child on its parent, though it goes first", () => {
  const terminal = new FakeTerminal(100);
  const { tell, end } = live(terminal, { planned: true });
  for (const info of [step("delete", "child", group), step("delete", "group"), step("delete", "p-dev")])
    tell(done(info));
  end();
  expect(terminal.screen).toMatchInlineSnapshot(`
    "     Type                                      Name   Plan
     -   pulumi:pulumi:Stack                       p-dev  delete
     -   └─ my:index:Group                         group  delete
     -      └─ pulumi-nodejs:dynamic/things:Thing  child  delete"
  `);
});

it("never draws a line that is wider than the terminal, nor more lines than it has", () => {
  const terminal = new FakeTerminal(60, 10);
  const { tell, end } = live(terminal);
  tell(done(step("create", "p-dev")));
  const wide = "田中さくら-👩‍👩‍👧-e\u0301".repeat(8);
  const steps = Array.from({ length: 40 }, (_, at) => step("create", `${wide}${at}`));
  tell(...steps.map(start), ...steps.slice(0, 35).map((info) => done(info)));
  tell({ type: "diagnostic", severity: "info", urn: urn(`${wide}39`), message: `\u001b[31m${wide}\u0007` });
  const lines = terminal.screen.split("\n");
  expect(lines.length).toBeLessThan(10);
  expect(Math.max(...lines.map(widthOf))).toBeLessThan(60);
  expect(lines.at(-1)).toMatch(/^@ updating: 36 done, 5 under way, \d+s$/);
  expect(lines.filter((line) => line.includes("creating"))).toHaveLength(5);
  expect(terminal.sent).not.toContain("\u0007");
  terminal.resize(40, 6);
  const smaller = terminal.screen.split("\n").slice(-5);
  expect(Math.max(...smaller.map(widthOf))).toBeLessThan(40);
  expect(smaller.at(-1)).toMatch(/^@ updating/);
  end();
});

it("sends only what changed, and nothing when nothing did", () => {
  const terminal = new FakeTerminal(100);
  const { tell, end } = live(terminal);
  tell(done(step("create", "p-dev")), ...["a", "b", "c"].map((name) => done(step("create", name))));
  terminal.sent = "";
  vi.advanceTimersByTime(400);
  expect(terminal.sent).toBe("");
  tell(done(step("create", "c"), 1));
  expect(terminal.sent).toContain("Thing  c");
  expect(terminal.sent).not.toContain("Thing  a");
  end();
});

it("costs the same however many resources there are", () => {
  const terminal = new FakeTerminal(100, 20);
  const { tell, end } = live(terminal);
  tell(done(step("create", "p-dev")));
  terminal.sent = "";
  tell(...Array.from({ length: 2_000 }, (_, at) => done(step("create", `t${at}`))));
  // One frame of twenty lines, not two thousand.
  expect(terminal.sent.length).toBeLessThan(20 * 100);
  end();
  expect(terminal.screen.split("\n")).toHaveLength(2_002);
});

it("counts down what is waited for", () => {
  const terminal = new FakeTerminal(100);
  const { tell, end } = live(terminal);
  const wait = {
    reason: "the server's rate limit on POST users.create",
    message: "waiting 42 s for … (10 calls per minute)",
  };
  tell(start(step("create", "a")), { type: "waiting", ...wait, until: Date.now() + 42_000 });
  expect(terminal.screen).toContain(
    "waiting for the server's rate limit on POST users.create: 42 s\n@ updating: 0 done",
  );
  vi.advanceTimersByTime(10_000);
  expect(terminal.screen).toContain("users.create: 32 s");
  vi.advanceTimersByTime(40_000);
  expect(terminal.screen).not.toContain("waiting for");
  end();
});

it("prints each change in full above what is under way", () => {
  const terminal = new FakeTerminal(100);
  const { tell, end } = live(terminal, { diff: true });
  tell(start(step("create", "a")), start(step("create", "b")));
  tell(done(step("create", "a")), { type: "diagnostic", severity: "info", message: "said" });
  expect(terminal.screen).toMatchInlineSnapshot(`
    "    + pulumi-nodejs:dynamic/things:Thing: (create)
            [urn=urn:pulumi:dev::p::pulumi-nodejs:dynamic/things:Thing::a]
    said
         Type                                Name  Status
     +   pulumi-nodejs:dynamic/things:Thing  b     creating (0s)
    @ updating: 1 done, 1 under way, 0s"
  `);
  end();
  expect(terminal.screen).not.toContain("under way");
});

it("keeps a note in sight below the table", () => {
  const terminal = new FakeTerminal(60, 8);
  const { tell, note, end } = live(terminal);
  tell(done(step("create", "p-dev")), ...["a", "b", "c", "d", "e", "f"].map((name) => start(step("create", name))));
  note("^C received");
  expect(terminal.screen.split("\n")).toHaveLength(7);
  expect(terminal.screen).toMatch(/6 under way, 0s\n\^C received$/);
  end();
  expect(terminal.screen).not.toContain("^C received");
});
