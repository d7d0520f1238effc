/** Stacks beside what a killed run left: its journal, its pending operations. */
import { cpSync, rmSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import {
  createKeyring,
  loadProject,
  openBackend,
  openStack,
  type Resource,
} from "../../../../provider/runner/state/index.ts";
import { type Bench, bench } from "../../../support/command-line.ts";

const journal = "backend/.pulumi/stacks/golden/dev.json.journal";
const lost = {
  urn: "urn:pulumi:dev::golden::golden:index:Group::lost",
  type: "golden:index:Group",
  custom: false,
  inputs: {},
  outputs: {},
} as unknown as Resource;

/** One resource is in the journal alone, and nobody holds the lock any more. */
async function killed(): Promise<Bench> {
  const at = bench();
  await at.run("stack", "init", "dev");
  const project = await loadProject(at.folder);
  const backend = await openBackend({ project, env: process.env });
  const keyring = createKeyring(process.env);
  const salt = /encryptionsalt: (.*)/.exec(at.read(at.stackFile))?.[1] ?? "";
  const store = await openStack({ backend, project: "golden", stack: "dev", keyring, salt, write: true });
  const aside = path.join(at.folder, "aside");
  await store.record({ put: lost });
  for (const file of [journal, at.checkpoint])
    cpSync(path.resolve(at.folder, file), path.join(aside, path.basename(file)));
  await store.close();
  for (const file of [journal, at.checkpoint])
    cpSync(path.join(aside, path.basename(file)), path.resolve(at.folder, file));
  expect(at.read(at.checkpoint)).not.toContain("::lost");
  expect(at.read(journal)).toContain("::lost");
  return at;
}

test("`stack rename` takes the journal of a killed run along", async () => {
  const at = await killed();
  expect(await at.run("stack", "rename", "two")).toMatchObject({ code: 0 });
  expect(at.files("backend/.pulumi/stacks/golden").filter((name) => name.includes("journal"))).toEqual([]);
  const { deployment } = JSON.parse((await at.run("stack", "export")).stdout);
  expect(deployment.resources.map(({ urn }: Resource) => urn)).toContain(lost.urn.replace(":dev:", ":two:"));
});

test("`stack rm` counts what stands in the journal alone, and --force removes the journal as well", async () => {
  const at = await killed();
  expect(await at.run("stack", "rm", "--yes")).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("still has 1 resources"),
  });
  expect(await at.run("stack", "rm", "--yes", "--force", "--remove-backups")).toMatchObject({ code: 0 });
  expect(at.files("backend/.pulumi/stacks/golden")).toEqual([]);
});

test("`refresh --clear-pending-creates` forgets creations that were cut off", async () => {
  const at = bench({ filled: true });
  const pending = JSON.parse(
    at.read(path.resolve(import.meta.dirname, "../../../fixtures/state/checkpoint-pending.json")),
  );
  // Without the resources: their code isn't here.
  const { latest } = pending.checkpoint;
  latest.resources = latest.resources.slice(0, 1);
  latest.pending_operations[0].resource.parent = latest.resources[0].urn;
  delete latest.pending_operations[0].resource.provider;
  delete latest.pending_operations[0].resource.dependencies;
  delete latest.pending_operations[0].resource.propertyDependencies;
  at.write(at.checkpoint, JSON.stringify(pending));
  rmSync(`${at.checkpoint}.bak`, { force: true });
  const refresh = ["refresh", "--yes", "--skip-preview", "--engine", "embedded"];
  const kept = await at.run(...refresh);
  expect(kept).toMatchObject({ code: 0, stderr: expect.stringContaining("--clear-pending-creates") });
  expect(at.read(at.checkpoint)).toContain("pending_operations");
  expect(await at.run(...refresh, "--clear-pending-creates")).toMatchObject({ code: 0 });
  expect(at.read(at.checkpoint)).not.toContain("pending_operations");
});
