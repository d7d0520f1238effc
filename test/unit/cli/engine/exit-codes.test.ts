/** Exit codes of what ends an engine command before its program runs: the Pulumi CLI's, measured with 3.260. */

import { spawnSync } from "node:child_process";
import { expect, it, vi } from "vitest";
import { type Bench, bench } from "../../../support/command-line.ts";
import { pulumiCli } from "../../../support/engines.ts";

const locks = "backend/.pulumi/locks/organization/golden/dev";
const lock = JSON.stringify({ pid: 1, username: "alice", hostname: "elsewhere", timestamp: "2026-01-01T00:00:00Z" });

it.each<[why: string, code: number, says: RegExp, args: string, prepare?: (at: Bench) => void]>([
  ["nobody said yes and nobody can be asked", 2, /--yes or --skip-preview or --preview-only/, "up"],
  ["the same, before a deletion", 2, /--yes or --skip-preview or --preview-only/, "destroy"],
  ["a stack that is not there", 6, /no stack "nope" .*there is: dev\./, "up --yes --stack nope"],
  ["the same in a preview", 6, /no stack "nope"/, "preview --stack nope"],
  ["a wrong passphrase", 1, /passphrase/, "up --yes", () => vi.stubEnv("PULUMI_CONFIG_PASSPHRASE", "wrong")],
  ["no passphrase", 1, /PULUMI_CONFIG_PASSPHRASE/, "up --yes", () => vi.stubEnv("PULUMI_CONFIG_PASSPHRASE", undefined)],
  ["a held lock", 1, /alice@elsewhere|elsewhere/, "up --yes", (at) => at.write(`${locks}/a-b.json`, lock)],
  [
    "a project without a name",
    1,
    /Pulumi\.yaml.*name/s,
    "up --yes",
    (at) => at.write("Pulumi.yaml", "runtime: nodejs\n"),
  ],
  ["a broken stack file", 1, /Pulumi\.dev\.yaml/, "up --yes", (at) => at.write("Pulumi.dev.yaml", "config: [")],
  [
    "another runtime",
    1,
    /The runtime "python" .* is not supported by the embedded runner; use the Pulumi CLI/,
    "up --yes",
    (at) => at.write("Pulumi.yaml", "name: golden\nruntime: python\n"),
  ],
  [
    "an environment of Pulumi ESC",
    1,
    /"environment" \(Pulumi ESC\) is not supported by the embedded runner.*Use the Pulumi CLI/s,
    "up --yes",
    (at) => at.write("Pulumi.dev.yaml", "environment:\n  - shared\n"),
  ],
  [
    "another secrets provider",
    1,
    /secrets provider "awskms.*" is not supported by the embedded runner.*Use the Pulumi CLI/s,
    "up --yes",
    (at) => at.write("Pulumi.dev.yaml", "secretsprovider: awskms://alias/x\nencryptedkey: a\n"),
  ],
])("%s: %i", async (_why, code, says, args, prepare) => {
  const at = bench({ filled: true });
  prepare?.(at);
  const before = at.read(at.checkpoint);
  const ended = await at.run(...args.split(" "), "--engine", "embedded");
  expect(ended.stderr).toMatch(says);
  expect(ended.stderr).not.toMatch(/\n +at /);
  expect(ended.code).toBe(code);
  expect(at.read(at.checkpoint)).toBe(before);
});

it.skipIf(pulumiCli === undefined)("the Pulumi CLI ends with the same codes", () => {
  const at = bench({ filled: true });
  at.write("home/.keep", "");
  vi.stubEnv("PULUMI_SKIP_UPDATE_CHECK", "true");
  const run = (...args: string[]) => spawnSync(pulumiCli ?? "", [...args, "--cwd", at.folder]).status;
  expect(run("up", "--stack", "dev")).toBe(2);
  expect(run("destroy", "--stack", "dev")).toBe(2);
  expect(run("up", "--yes", "--stack", "nope")).toBe(6);
  expect(run("up", "--yes", "--stak", "dev")).toBe(1);
  vi.stubEnv("PULUMI_CONFIG_PASSPHRASE", "wrong");
  expect(run("up", "--yes", "--stack", "dev")).toBe(1);
  // The one that is not as the others: docs/engines.md.
  expect(run("refresh", "--stack", "dev")).toBe(1);
});
