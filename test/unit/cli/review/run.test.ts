/** `review` of a saved preview and of documents: what it says to a wrong word, and that names come from the state beside it. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test, vi } from "vitest";
import { bench } from "../../../support/command-line.ts";

const previews = path.join(import.meta.dirname, "../../../fixtures/review/previews");
const PLAN = readFileSync(path.join(previews, "change-cli.json"), "utf8");

function at() {
  const here = bench();
  here.write("plan.json", PLAN);
  here.write("preview.txt", "Previewing update (dev):\n\n +  pulumi:pulumi:Stack e2e-dev create\n");
  here.write("empty.json", "");
  here.write("package.json", '{ "name": "acme", "private": true }');
  here.write("odd.json", '{ "steps": [{ "op": 3 }] }');
  here.write("notes.md", "# Notes");
  here.write("a.yaml", "channels: { ops: {} }\n");
  return here;
}

test.each<[args: string, says: RegExp]>([
  [
    "--plan none.json",
    /^error: The saved preview none\.json \(--plan\) can't be read: there is no such file\.\n.*preview --json > plan\.json/,
  ],
  ["--plan .", /can't be read: it is a folder\./],
  ["--plan preview.txt", /^error: preview\.txt holds a preview as text, not as JSON \(--json\)\./],
  ["--plan empty.json", /^error: empty\.json is empty: the preview that should have written it failed\./],
  ["--plan notes.md", /^error: notes\.md is no JSON\./],
  ["--plan package.json", /^error: package\.json is not the document of a preview\.\n/],
  ["--plan odd.json", /^error: odd\.json is not the document of a preview \(steps\.0\.op: /],
  ["--plan plan.json --stack prod", /^error: plan\.json is a preview of the stack dev, not of prod \(--stack\)\./],
  ["--plan plan.json --refresh", /^error: --refresh comes too late for a saved preview \(--plan\)\./],
  ["--plan plan.json --overlay a.yaml", /^error: --overlay comes too late for a saved preview/],
  ["--plan plan.json --min-admins 1", /^error: --min-admins asks the server who is admin; a saved preview/],
  ["--plan plan.json --from a.yaml", /^error: --plan and --from are two ways to a review: give one of them\./],
  ["--from a.yaml --to a.yaml -f a.yaml", /^error: --file and --from are two ways/],
  ["--from a.yaml", /^error: --from needs --to: the document that it is compared with\./],
  ["--to a.yaml", /^error: --to needs --from/],
  ["--from a.yaml --to none.yaml", /there is no file none\.yaml/],
  ["--plan plan.json --out no/where.md", /^error: --out: .*no\/where\.md can't be written: ENOENT/],
])("%s", async (args, says) => {
  const { code, stdout, stderr } = await at().run("review", ...args.split(" "));
  expect(stderr).toMatch(says);
  expect(stderr).not.toMatch(/\n\s+at |undefined/);
  expect(stdout).toBe("");
  expect(code).toBe(1);
});

test("a saved preview tells its stack, and names what the state beside it holds", async () => {
  const here = at();
  const elsewhere = await here.run("review", "--plan", "plan.json");
  expect(elsewhere.code).toBe(0);
  expect(elsewhere.stdout).toContain("Review: the preview in plan.json, stack dev of e2e\n");
  expect(elsewhere.stdout).toContain("@bob is removed from #builds-room\n");

  const steps = JSON.parse(PLAN) as { steps: { oldState?: { urn: string; inputs?: { channel?: string } } }[] };
  const gone = steps.steps.find(({ oldState }) => oldState?.urn.endsWith("::bob-in-builds"));
  const type = "pulumi-nodejs:dynamic/rocketchat:Channel";
  const urn = `urn:pulumi:dev::e2e::${type}::builds-room`;
  const room = { urn, type, custom: true, id: gone?.oldState?.inputs?.channel, inputs: { name: "builds" } };
  here.write("Pulumi.yaml", "name: e2e\nruntime: nodejs\n");
  here.write("backend/.pulumi/meta.yaml", "version: 1\n");
  here.write(
    "backend/.pulumi/stacks/e2e/dev.json",
    JSON.stringify({
      version: 3,
      checkpoint: { stack: "organization/e2e/dev", latest: { manifest: {}, resources: [room] } },
    }),
  );
  vi.stubEnv("PULUMI_CONFIG_PASSPHRASE", undefined);
  const { code, stdout, stderr } = await here.run("review", "--plan", "plan.json", "--stack", "dev");
  expect(stderr).toBe("");
  expect(stdout).toContain("@bob is removed from #builds\n");
  expect(stdout).not.toMatch(/builds-room|[0-9a-f]{24}/);
  expect(code).toBe(0);
});
