/**
 * What the Pulumi CLI is told by a guarded run, heard by a script in its place; that the real one keeps to it, test/e2e/guards.test.ts shows.
 * And what guards do where only the CLI can read the configuration.
 */
import { chmodSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import type { EngineChoice } from "../../../../provider/cli/engine/choose.ts";
import { runOperation } from "../../../../provider/cli/engine/run.ts";
import { cases, previewOf } from "../../../fixtures/review/cases.ts";
import { type Bench, bench } from "../../../support/command-line.ts";
import { startServer } from "../../../support/server.ts";

const SCRIPT = `#!/bin/sh
echo "$*" >> calls
case "$*" in
  *"stack ls"*) echo '[]' ;;
  *"stack init"*) echo 'encryptionsalt: made' > Pulumi.dev.yaml ;;
  *" config "*) cat config.json ;;
  preview*) cat preview.json ;;
esac
while [ $# -gt 0 ]; do
  if [ "$1" = --save-plan ]; then echo planned > "$2"; fi
  if [ "$1" = --plan ]; then ls -ld "$(dirname "$2")" | cut -c1-10 >> calls; cat "$2" >> calls; fi
  shift
done
`;

interface Site extends Bench {
  readonly choice: EngineChoice;
  calls(): string[];
}

function site(shown: "harmless" | "webhook-removed"): Site {
  const at = bench();
  at.write("pulumi", SCRIPT);
  chmodSync(path.join(at.folder, "pulumi"), 0o700);
  at.write("preview.json", JSON.stringify(previewOf(...[cases[shown]].filter((one) => one !== undefined))));
  process.chdir(at.folder);
  const command = path.join(at.folder, "pulumi");
  return {
    ...at,
    choice: { engine: "pulumi", line: "", command },
    calls: () => (at.exists("calls") ? at.read("calls").trim().split("\n") : []),
  };
}

const plans = () => readdirSync(tmpdir()).filter((name) => name.startsWith("pulumi-rocketchat-plan-"));

describe("a guarded `up` on the Pulumi CLI", () => {
  const limits = { stack: "dev", yes: true, maxRemovals: { count: 0, percent: false } };

  test("that is refused takes the stack away which was made for its preview, and begins nothing", async () => {
    const at = site("webhook-removed");
    await expect(runOperation("up", limits, at.choice)).rejects.toThrow(
      "Refused; nothing was changed.\n  1 would be removed, but at most 0 may be (--max-removals).",
    );
    expect(at.calls()).toEqual([
      "stack ls --json",
      "stack init dev --no-select",
      expect.stringMatching(/^preview --stack dev --json --show-sames --save-plan /),
      "stack rm dev --yes --preserve-config",
    ]);
    expect(at.exists("Pulumi.dev.yaml")).toBe(false);
    expect(plans()).toEqual([]);
  });

  test("that is let pass is held to its plan, which nobody else can read and which does not stay", async () => {
    const at = site("harmless");
    expect(await runOperation("up", limits, at.choice)).toBe(0);
    const up = at.calls().slice(-3);
    expect(up).toEqual([expect.stringMatching(/^up --stack dev --yes --plan \S+plan\.json$/), "drwx------", "planned"]);
    expect(at.calls().filter((call) => call.startsWith("stack rm"))).toEqual([]);
    expect(plans()).toEqual([]);
  });

  test("without limits is looked at once more, and has no plan", async () => {
    const at = site("harmless");
    expect(await runOperation("up", { stack: "dev", yes: true }, at.choice)).toBe(0);
    expect(at.calls().filter((call) => /^(preview|up)/.test(call))).toEqual([
      "preview --stack dev --json --show-sames",
      "up --stack dev --yes",
    ]);
  });
});

describe("a server in production whose configuration only the Pulumi CLI can read", () => {
  const PRODUCTION = { "rocketchat:production": "true", "rocketchat:url": "https://chat.example.com" };
  const told = (values: Record<string, string>) =>
    JSON.stringify(Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { value, secret: false }])));

  test.each(["up", "destroy"] as const)("is not changed by `%s` that nobody is asked about", async (operation) => {
    const at = site("harmless");
    vi.stubEnv("PULUMI_BACKEND_URL", "s3://states");
    at.write("config.json", told(PRODUCTION));
    const run = (confirm?: string) =>
      runOperation(operation, { stack: "dev", yes: true, skipPreview: true, ...(confirm && { confirm }) }, at.choice);
    await expect(run()).rejects.toThrow("chat.example.com is in production, and nobody is asked. Nothing was changed.");
    await expect(run("chat.example.org")).rejects.toThrow("--confirm names chat.example.org");
    expect(new Set(at.calls())).toEqual(new Set(["--stack dev config --json"]));
    expect(await run("chat.example.com")).toBe(0);
    at.write("config.json", told({ ...PRODUCTION, "rocketchat:production": "yes" }));
    await expect(run()).rejects.toThrow("rocketchat:production must be true or false");
  });
});

test("a stack that is not there is not made by a run that is refused, on the embedded runner", async () => {
  const server = await startServer();
  onTestFinished(() => server.close());
  const at = bench();
  const { userId, authToken } = server.reader.session;
  vi.stubEnv("ROCKETCHAT_URL", server.url);
  vi.stubEnv("ROCKETCHAT_USER_ID", userId);
  vi.stubEnv("ROCKETCHAT_AUTH_TOKEN", authToken);
  at.write(
    "workspace.yaml",
    "users: { admin: { name: Admin, email: admin@example.test, roles: [user], adopt: true } }\n",
  );
  const before = readdirSync(at.folder, { recursive: true }).sort();
  const up = ["up", "--yes", "-f", "workspace.yaml", "--engine", "embedded"];
  const refused = await at.run(...up);
  expect(refused).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("@admin, the account of this connection, would be no admin"),
  });
  // With a limit, a preview is held to it as well.
  const preview = await at.run(...up, "--preview-only", "--min-admins", "1");
  expect(preview).toMatchObject({ code: 1, stderr: expect.stringContaining("0 active admins would be left") });
  expect(readdirSync(at.folder, { recursive: true }).sort()).toEqual(before);
});
