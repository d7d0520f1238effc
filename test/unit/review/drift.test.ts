/** A refresh as a report: what somebody did, in the past, and as grave as it is. */
import { expect, test } from "vitest";
import type { Change } from "../../../provider/review/change.ts";
import { driftOf } from "../../../provider/review/drift.ts";
import { renderers } from "../../../provider/review/render/index.ts";
import { reportOf } from "../../../provider/review/report.ts";
import { DRIFT } from "../../../provider/review/words.ts";

const gone = (kind: string, before: Record<string, unknown>, destroy: string): Change => ({
  ...{ kind, op: "delete", resource: `acme/${kind}`, before, fields: [], replaces: [], destroy },
});
const changed = (kind: string, before: Record<string, unknown>, after: Record<string, unknown>): Change => ({
  ...{ kind, op: "update", resource: `acme/${kind}`, before, after, replaces: [] },
  fields: Object.keys({ ...before, ...after })
    .filter((key) => before[key] !== after[key])
    .map((key) => ({ key, ...(key in before && { before: before[key] }), ...(key in after && { after: after[key] }) })),
});

const CHANGES: Change[] = [
  changed("User", { username: "bob", roles: ["user"], bio: "x" }, { username: "bob", roles: ["user", "admin"] }),
  changed("Channel", { name: "ops", members: ["alice", "bob"] }, { name: "ops", members: ["alice", "eve"] }),
  gone("Channel", { name: "club" }, "archive"),
  gone("User", { username: "carol" }, "deactivate"),
  gone("ChannelMember", { channel: "ops", username: "dave" }, "remove"),
  gone("CustomEmoji", { name: "dot" }, "delete"),
  gone("pulumi:pulumi:Stack", {}, "delete"),
];

const report = (changes: readonly Change[], problems: readonly string[] = []) =>
  reportOf(driftOf({ changes, managed: 9, problems }), { subject: "what somebody changed", words: DRIFT });

test("says what was done, not what would be", () => {
  expect(renderers.text(report(CHANGES))).toBe(`Drift: what somebody changed
2 changed, 4 gone

Risks:
  HIGH    Room #club is gone
  HIGH    @bob becomes admin of the workspace
  HIGH    Account @carol is gone
  medium  @bob is removed from #ops
  medium  @dave is removed from #ops
  medium  Custom emoji "dot" is gone

Rooms
  #club
    - Room #club is gone  (!)
  #ops
    - @bob is removed
    + @eve joins
    - @dave is removed

People
  @bob
    ~ Account @bob was changed  (!)
        roles: + "admin"
        bio: "x" → nothing
  @carol
    - Account @carol is gone  (!)

Appearance
  - Custom emoji "dot" is gone
`);
});

test("is called drift in every format, and does not take what could not be read for none", () => {
  const [some, none, failed] = [report(CHANGES), report([]), report([], ["No answer."])];
  expect(renderers.md(some)).toContain("## Drift: what somebody changed\n\n**2 changed, 4 gone** · 3 high");
  expect(renderers.html(some)).toContain("<h1>Drift: what somebody changed</h1>");
  expect(renderers.html(some)).toContain("<dt>gone</dt><dd>4</dd>");
  expect(renderers.html(some)).not.toContain("to make");
  expect(JSON.parse(renderers.json(some))).toMatchObject({ changes: 6, counts: { update: 2, delete: 4 } });
  for (const render of [renderers.text, renderers.md, renderers.html]) {
    expect(render(none)).toMatch(/nothing was changed by hand/i);
    expect(render(failed)).toMatch(/not everything could be read/i);
    expect(render(failed)).not.toMatch(/nothing was changed/i);
  }
});
