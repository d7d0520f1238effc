import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { chooseEngine } from "../../../../provider/cli/engine/choose.ts";
import { pulumiArguments } from "../../../../provider/cli/engine/pulumi-cli.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "path-"));
  vi.stubEnv("PATH", folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** A `pulumi` on PATH that answers with this version. */
function install(version: string): void {
  const file = path.join(folder, "pulumi");
  writeFileSync(file, `#!/bin/sh\necho ${version}\n`);
  chmodSync(file, 0o755);
}

it("takes the embedded runner where there is no CLI, and says why", async () => {
  expect(await chooseEngine(undefined)).toEqual({
    engine: "embedded",
    line: "Engine: embedded runner (no Pulumi CLI on PATH)",
  });
});

it.each([
  ["v3.216.0", "pulumi", "Engine: Pulumi CLI 3.216.0 (found on PATH)"],
  ["v3.260.0-dev.1", "pulumi", "Engine: Pulumi CLI 3.260.0-dev.1 (found on PATH)"],
  ["v4.0.0", "pulumi", "Engine: Pulumi CLI 4.0.0 (found on PATH)"],
  ["v3.215.9", "embedded", "Engine: embedded runner (the Pulumi CLI on PATH is 3.215.9, older than 3.216)"],
])("with %s takes %s", async (version, engine, line) => {
  install(version);
  expect(await chooseEngine(undefined)).toMatchObject({ engine, line });
});

it("does as it is told", async () => {
  install("v3.260.0");
  expect(await chooseEngine("embedded")).toMatchObject({
    engine: "embedded",
    line: expect.stringContaining("--engine embedded"),
  });
  expect(await chooseEngine("pulumi")).toMatchObject({ engine: "pulumi", command: "pulumi" });
  install("v3.100.0");
  const choice = await chooseEngine("pulumi");
  expect(choice).toMatchObject({ engine: "pulumi", line: expect.stringContaining("older than 3.216") });
  expect(choice.command).toBeUndefined();
});

it("spells the options as the CLI does", () => {
  const options = {
    stack: "dev",
    yes: true,
    skipPreview: true,
    diff: true,
    json: true,
    expectNoChanges: true,
    parallel: 4,
    refresh: true,
  };
  expect(pulumiArguments("up", options)).toEqual([
    "up",
    "--stack",
    "dev",
    "--yes",
    "--skip-preview",
    "--diff",
    "--json",
    "--expect-no-changes",
    "--parallel",
    "4",
    "--refresh",
  ]);
  expect(pulumiArguments("refresh", { yes: true, previewOnly: true })).toEqual(["refresh", "--preview-only"]);
  const hasty = { yes: true, skipPreview: true, continueOnError: true, previewOnly: true, diff: true };
  expect(pulumiArguments("up", hasty)).toEqual(["preview", "--diff"]);
  expect(pulumiArguments("preview", {})).toEqual(["preview"]);
});
