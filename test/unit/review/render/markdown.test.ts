/** Markdown that a forge takes: as long as a comment may be, nothing of weight left out, and names that stay text. */
import { expect, test } from "vitest";
import { readPreview } from "../../../../provider/review/preview.ts";
import { asMarkdown, LONGEST } from "../../../../provider/review/render/markdown.ts";
import { reportOf } from "../../../../provider/review/report.ts";
import { type Case, previewOf } from "../../../fixtures/review/cases.ts";

const STOP = "\u200b";
const write = (...shown: readonly Case[]) =>
  asMarkdown(
    reportOf(readPreview(previewOf(...shown)).named, { subject: "what up would do", checksum: "0123456789abcdef" }),
  );
const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));
const changed = (name: string, topic: string): Case => ({
  kind: "Channel",
  name,
  old: { name, topic: "" },
  next: { name, topic },
});
const kicked = (channel: string, username: string): Case => ({
  kind: "ChannelMember",
  name: `${channel}/${username}`,
  old: { channel, username },
});
const deleted = (name: string): Case => ({ kind: "Channel", name, old: { name, onDestroy: "delete" } });
const disabled = (username: string): Case => ({ kind: "User", name: username, old: { username, name: username } });

test("says all when it fits", () => {
  const text = write(changed("builds", "Green or red"), deleted("old"));
  expect(text).toContain('`topic: "" → "Green or red"`');
  expect(text).not.toContain("did not fit");
});

test("details go first, and it says how many", () => {
  const text = write(...times(300, (index) => changed(`room-${index}`, "x".repeat(150))));
  expect(text.length).toBeLessThanOrEqual(LONGEST);
  for (const index of times(300, (i) => i)) expect(text).toContain(`#\u200broom-${index} changes`);
  expect(text).toMatch(/_300 details of changes .* did not fit into a comment; .*`--format html` has them all/);
});

test("5,000 changes: harmless lines go, what goes and high risks stay", () => {
  const text = write(
    ...times(3500, (index) => changed(`room-${index}`, "x".repeat(150))),
    ...times(1200, (index) => kicked("general", `guest${index}`)),
    ...times(250, (index) => disabled(`left${index}`)),
    ...times(50, (index) => deleted(`old${index}`)),
  );
  expect(text.length).toBeLessThanOrEqual(LONGEST);
  const [, removed = ""] = /is removed \(1200\): (.*)/.exec(text) ?? [];
  expect(removed.replaceAll(STOP, "").split(", ").sort()).toEqual(times(1200, (index) => `@guest${index}`).sort());
  const [, off = ""] = /is deactivated \(250\): (.*)\*\*/.exec(text) ?? [];
  expect(off.replaceAll(STOP, "").split(", ").sort()).toEqual(times(250, (index) => `@left${index}`).sort());
  for (const index of times(50, (i) => i)) expect(text).toContain(`old${index} is deleted with all its messages`);
  expect(text).toMatch(/_3500 further lines and 3500 details of changes/);
  expect(text).toMatch(/1200 medium risks are not listed here/);
});

test("when what goes alone is too long, it says so before anything else, counts all of it, and still fits", () => {
  const text = write(
    ...times(5000, (index) => kicked(`room-${index % 2000}`, `somebody-with-a-long-name-${index}`)),
    ...times(1200, (index) => deleted(`a-room-with-quite-a-long-name-${index}`)),
  );
  expect(text.length).toBeLessThanOrEqual(LONGEST);
  const [, , counts, , notice] = text.split("\n");
  expect(counts).toBe("**6200 to take away** · 1200 high, 5000 medium risks");
  expect(notice).toMatch(
    /^> ⚠️ \*\*This is not the review.* 6200 things that go and 1200 high risks .*`--format html --out/,
  );
  const rows = [...text.matchAll(/^\| (?!Where|---).* \| (\d+) \| (\d+) \| (\d+) \|$/gm)];
  const sums = [1, 2, 3].map((column) => rows.reduce((sum, row) => sum + Number(row[column]), 0));
  expect(sums).toEqual([1200, 6200, 0]);
  expect(text).toMatch(/\| \d+ further rooms, people and parts \|/);
  expect(text).toMatch(/Checksum: `0123456789abcdef`\n$/);
});

test("errors without end don't push the rest out", () => {
  const { named } = readPreview(previewOf(deleted("old")));
  const problems = times(3000, (index) => `Room ${index} can't be made:\n${"because ".repeat(200)}`);
  const text = asMarkdown(reportOf({ ...named, problems }, { subject: "what up would do" }));
  expect(text.length).toBeLessThanOrEqual(LONGEST);
  expect(text).toMatch(/and \d+ further lines of errors/);
  expect(text).toContain(`| #${STOP}old | 1 | 1 | 0 |`);
});

test.each<[what: string, name: string, stays: string]>([
  ["a person", "@torvalds", `@${STOP}torvalds`],
  ["a team", "@github/security", `@${STOP}github/security`],
  ["an issue", "#123", `#${STOP}123`],
  ["another repository's issue", "acme/app#7", `acme/app#${STOP}7`],
  ["an issue by its prefix", "GH-26", `GH-${STOP}26`],
  ["a merge request", "!17", `!${STOP}17`],
  ["a milestone", "%v1", `%${STOP}v1`],
  ["an epic", "&5", `&amp;${STOP}5`],
  ["a label", "~bug", `\\~${STOP}bug`],
  ["a formula", "$x^2$", `&#36;${STOP}x^${STOP}2&#36;`],
  ["an emoji", ":tada:", `:${STOP}tada:`],
  ["an address", "https://evil.example", `https:${STOP}//evil.example`],
  ["a bare address", "www.evil.example", `www.${STOP}evil.example`],
  ["an e-mail address", "a@b.example", `a@${STOP}b.example`],
  ["a table", "a|b", "a\\|b"],
  ["code", "`rm`", "\\`rm\\`"],
  ["bold", "**x**", "\\*\\*x\\*\\*"],
  ["a link", "[x](y)", "\\[x\\](y)"],
  ["a picture", "![x](y)", "!\\[x\\](y)"],
  ["a tag", "<img src=x>", "&lt;img src=x&gt;"],
  ["the end of a fold", "</details>", "&lt;/details&gt;"],
  ["a comment", "<!-- workspace review 0123456789abcdef -->", "&lt;!-- workspace review 0123456789abcdef --&gt;"],
  ["a heading", "x\n# y", "x\\\\u{a}# y"],
])("%s in a name stays text", (_what, name, stays) => {
  const text = write(deleted(name));
  // The risk, the line, and the fold's title.
  expect(text).toContain(`The room #${/^\w/.test(name) ? STOP : ""}${stays} is deleted`);
  expect(text).toContain(`- ➖ Room #${/^\w/.test(name) ? STOP : ""}${stays} is deleted`);
  const [, title = ""] = /<b>(.*)<\/b>/.exec(text) ?? [];
  expect(title.replaceAll("&#36;", "$")).not.toMatch(/[<>]|@\w|#\w|:\/\/|:tada:/);
  expect(text.match(/<\/details>/g)).toHaveLength(1);
  expect(text.match(/<!--/g)).toBeNull();
});

test("a value is code, whatever stands in it", () => {
  const text = write(changed("builds", "`` </details> @torvalds ` #1"));
  expect(text).toContain('```topic: "" → "`` </details> @torvalds ` #1"```');
});
