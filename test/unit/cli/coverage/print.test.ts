import { expect, test } from "vitest";
import { coverageText } from "../../../../provider/cli/coverage/print.ts";
import { sections } from "../../../../provider/workspace/sections.ts";

const channels = sections.get("channels")!;
const users = sections.get("users")!;
const names = Array.from({ length: 12 }, (_, index) => ({ id: `id-${index}`, name: `room-${index + 10}` }));
const rows = [
  { handler: users, managed: 3, unmanaged: [], ignored: 1 },
  { handler: channels, managed: 0, unmanaged: names, ignored: 2 },
];
const server = "https://chat.example.test";

test("cuts long lists unless all of them are asked for", () => {
  const coverage = { server, rows, unread: new Map() };
  expect(coverageText(coverage, false)).toBe(`https://chat.example.test

KIND      MANAGED  UNMANAGED  IGNORED
users     3        0          1
channels  0        12         2
total     3        12         3

Unmanaged:
  channels: room-10, room-11, room-12, room-13, room-14, room-15, room-16, room-17, room-18, room-19 and 2 more (--all names them)
`);
  expect(coverageText(coverage, true)).toMatch(/room-19, room-20, room-21\n$/);
});

test("says when nothing is unmanaged, and what could not be read; names can't write to the terminal", () => {
  const unread = new Map([[channels, "not allowed"]]);
  expect(coverageText({ server, rows: rows.slice(0, 1), unread }, false)).toMatch(
    /\n\nNothing is unmanaged\.\nchannels: could not be read: not allowed\n$/,
  );
  const row = { handler: users, managed: 0, unmanaged: [{ id: "1", name: "eve\u001b[2J" }], ignored: 0 };
  expect(coverageText({ server, rows: [row], unread: new Map() }, false)).not.toContain("\u001b");
});
