/** The embedded runner's state layer and the Pulumi CLI on one backend: each opens, changes and respects the other's. */
import { execFile, execFileSync } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, onTestFinished, test } from "vitest";
import {
  createKeyring,
  findStack,
  loadProject,
  openBackend,
  openStack,
  openStackFile,
  type Resource,
} from "../../provider/runner/state/index.ts";
import { spared } from "../support/engines.ts";

const run = promisify(execFile);
const root = join(import.meta.dirname, "../..");

function hasCli(): boolean {
  try {
    execFileSync("pulumi", ["version"], { stdio: "ignore", env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" } });
    return true;
  } catch {
    return false;
  }
}

/** The program of the fixtures in a folder of its own, both sides ready to use on one backend. */
async function bench(extra: Record<string, string> = {}) {
  const dir = await mkdtemp(join(tmpdir(), "state-layer-"));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  await cp(join(root, "test/fixtures/state/program"), dir, { recursive: true });
  await symlink(join(root, "node_modules"), join(dir, "node_modules"));
  await mkdir(join(dir, "backend"));
  const env = {
    PATH: `${join(root, "node_modules/.bin")}:${process.env.PATH}`,
    HOME: dir,
    PULUMI_HOME: join(dir, "home"),
    PULUMI_BACKEND_URL: `file://${dir}/backend`,
    PULUMI_CONFIG_PASSPHRASE: "correct horse",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    NODE_COMPILE_CACHE: join(root, "node_modules/.cache/e2e"),
    ...extra,
  };
  const project = await loadProject(dir);
  const backend = await openBackend({ project, env });
  const keyring = createKeyring(env);
  const open = async (stack = "dev") => {
    const salt = await (await openStackFile(project, stack)).ensureSalt(keyring);
    const store = await openStack({ backend, project: project.name, stack, keyring, salt, write: true });
    onTestFinished(() => store.close());
    return store;
  };
  const cli = async (...args: string[]) =>
    (await run("pulumi", [...args, "--non-interactive"], { cwd: dir, env: spared(env) })).stdout;
  const exported = async () =>
    JSON.parse(await cli("stack", "export", "--show-secrets")).deployment as {
      resources: Resource[];
      pending_operations?: { type: string; resource: Resource }[];
    };
  const up = async () => {
    await cli("stack", "init", "dev");
    await cli("config", "set", "--secret", "pw", "hunter2");
    await cli("up", "--yes", "--skip-preview");
  };
  return { dir, env, project, backend, keyring, open, cli, exported, up };
}

const urn = (name: string) => `urn:pulumi:dev::golden::pulumi-nodejs:dynamic/golden:Thing::${name}`;

describe.skipIf(!hasCli())("the state layer beside the Pulumi CLI (needs `pulumi` on PATH)", () => {
  test.each<[string, Record<string, string>]>([
    ["plain", {}],
    ["gzip", { PULUMI_DIY_BACKEND_GZIP: "true" }],
  ])("what the CLI made is opened, saved and sees no change in the CLI: %s", async (_, extra) => {
    const at = await bench(extra);
    await at.up();
    const before = await at.exported();
    const store = await at.open();
    expect(store.live(urn("room"))?.inputs?.password).toMatchObject({ value: "hunter2" });
    for (const protect of [true, false]) {
      const room = store.live(urn("room"));
      if (!room) throw new Error("no room");
      const { protect: _former, ...rest } = room;
      const operation = await store.begin({ type: "updating", resource: room });
      await store.finish(operation, { put: protect ? { ...rest, protect } : rest });
      await store.save();
    }
    await store.close();
    const after = await at.exported();
    const timeless = (resources: Resource[]) => resources.map(({ modified, ...others }) => others);
    expect(timeless(after.resources)).toEqual(timeless(before.resources));
    await at.cli("preview", "--expect-no-changes");
    if ("PULUMI_DIY_BACKEND_GZIP" in extra) return;
    await at.cli("refresh", "--yes", "--skip-preview", "--expect-no-changes");
    await at.cli("destroy", "--yes", "--skip-preview");
    expect((await at.open()).resources).toEqual([]);
  });

  test("a stack made by the state layer, with secrets and a selection, is the CLI's too", async () => {
    const at = await bench();
    const file = await openStackFile(at.project, "dev");
    await file.set("pw", "hunter2", { secret: true, keyring: at.keyring });
    await (await at.open()).close();
    await at.cli("stack", "select", "dev");
    expect(await at.cli("config", "get", "pw")).toBe("hunter2\n");
    await at.cli("up", "--yes", "--skip-preview");
    await at.cli("stack", "init", "other");
    expect(await findStack(at)).toBe("other");
    const store = await at.open();
    expect(store.resources).toHaveLength(7);
    expect(store.warnings).toEqual([]);
  });

  test("each respects the other's lock and unfinished work", async () => {
    const at = await bench();
    await at.up();
    const store = await at.open();
    await expect(at.cli("up", "--yes", "--skip-preview")).rejects.toThrow(
      new RegExp(`locked[\\s\\S]*pid ${process.pid}`),
    );
    await store.close();

    // And the CLI is told of an operation that a killed run left, and goes on.
    const killed = await at.open();
    const room = killed.live(urn("room"));
    if (!room) throw new Error("no room");
    const { id, outputs, ...wanted } = room;
    await killed.begin({ type: "creating", resource: { ...wanted, urn: urn("lost") } });
    await killed.close();
    await (await at.open()).close();
    const { pending_operations } = await at.exported();
    expect(pending_operations).toMatchObject([{ type: "creating", resource: { urn: urn("lost") } }]);
    expect(JSON.stringify(pending_operations?.[0]?.resource.inputs?.password)).toContain("hunter2");
    await at.cli("up", "--yes", "--skip-preview", "--expect-no-changes");
    await at.cli("refresh", "--yes", "--skip-preview", "--clear-pending-creates");
    expect((await at.open()).pending).toEqual([]);
  });

  test("the configuration of both is the same", async () => {
    const at = await bench();
    await at.cli("stack", "init", "dev");
    await at.cli("config", "set", "--path", "rooms[0].name", "a<&>b");
    await at.cli("config", "set", "--path", "--secret", "rooms[0].code", "s3cret");
    await at.cli("config", "set", "rocketchat:url", "http://127.0.0.1");
    await at.cli("config", "set", "count", "5");
    const theirs = JSON.parse(await at.cli("config", "--json", "--show-secrets")) as Record<
      string,
      { value: string; secret: boolean }
    >;
    const ours = await (await openStackFile(at.project, "dev")).config(at.keyring);
    expect(Object.fromEntries([...ours].map(([key, { value, secret }]) => [key, { value, secret }]))).toEqual(
      Object.fromEntries(Object.entries(theirs).map(([key, { value, secret }]) => [key, { value, secret }])),
    );
    expect(await readFile(join(at.dir, "Pulumi.dev.yaml"), "utf8")).not.toContain("s3cret");
  });
});
