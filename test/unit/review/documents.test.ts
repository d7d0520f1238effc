/** Two documents compared without any server. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { compareDocuments, declaredAdmins } from "../../../provider/review/documents.ts";
import { renderers } from "../../../provider/review/render/index.ts";
import { reportOf } from "../../../provider/review/report.ts";
import { loadDocument } from "../../../provider/workspace/load.ts";

const BEFORE = `
users:
  alice: { name: Alice, email: alice@example.com, password: { secret: alice }, roles: [user] }
  bob: { name: Bob, email: bob@example.com, setRandomPassword: true, roles: [user, admin] }
channels:
  builds: { private: true, members: [alice, bob] }
personalAccessTokens:
  ci: { triggers: { month: 1 }, as: { username: alice, password: { secret: alice } } }
settings:
  Site_Name: Acme
`;

function documents(before: string, after: string) {
  const folder = mkdtempSync(path.join(tmpdir(), "review-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return [before, after].map((text, index) => {
    const file = path.join(folder, `${index}.yaml`);
    writeFileSync(file, text);
    return loadDocument(file);
  }) as [ReturnType<typeof loadDocument>, ReturnType<typeof loadDocument>];
}

function review(after: string): string {
  const plan = compareDocuments(...documents(BEFORE, after));
  return renderers.text(reportOf(plan, { subject: "two documents" }));
}

test("equal documents have nothing to change, in whatever order", () => {
  expect(review(BEFORE)).toBe("Review: two documents\nnothing to change\n");
  expect(review(BEFORE.replace("[alice, bob]", "[bob, alice]"))).toContain("nothing to change");
});

test("tells what is new, changed, made anew, gone and renamed", () => {
  const text = review(
    BEFORE.replace("{ secret: alice }, roles: [user]", "{ secret: other }, roles: [user, admin]")
      .replace(
        / {2}bob: .*\n/,
        "  rob: { was: bob, username: bob, name: Bob, email: bob@example.com, setRandomPassword: true, roles: [user] }\n",
      )
      .replace("month: 1", "month: 2")
      .replace("Site_Name: Acme", "LDAP_Enable: true"),
  );
  expect(text).toContain("1 to make, 2 to change, 1 to make anew, 1 to take away");
  expect(text).toContain("HIGH    @alice becomes admin of the workspace");
  expect(text).toContain("HIGH    @alice gets another password");
  expect(text).toContain("HIGH    @bob is no admin of the workspace any more");
  expect(text).toContain('HIGH    A new value replaces the access token "ci" of @alice');
  expect(text).toContain("HIGH    A way to sign in is switched on: LDAP_Enable");
  expect(text).toContain("- Setting Site_Name is set back to what it was before");
  expect(text).not.toContain("Checksum");
});

test("counts the admins that a document declares", () => {
  expect(declaredAdmins(documents(BEFORE, BEFORE)[0])).toEqual(["bob"]);
});
