import { hostname } from "node:os";
import { expect, test, vi } from "vitest";
import { bench } from "../../../support/command-line.ts";

const thing = (name: string) => `urn:pulumi:dev::golden::pulumi-nodejs:dynamic/golden:Thing::${name}`;
const locks = "backend/.pulumi/locks/organization/golden/dev";
const lock = (fields: object) =>
  JSON.stringify({ pid: 1, username: "alice", hostname: hostname(), timestamp: new Date().toISOString(), ...fields });

test("a stack is made, selected, renamed and removed; a missing one has the CLI's exit code", async () => {
  const at = bench();
  expect(await at.run("stack", "init", "dev")).toEqual({ code: 0, stdout: "Created stack 'dev'\n", stderr: "" });
  expect(await at.run("stack", "init", "dev")).toMatchObject({ code: 1, stderr: expect.stringContaining("already") });
  expect(await at.run("stack", "select", "nope")).toMatchObject({
    code: 6,
    stderr: expect.stringContaining("stack init nope"),
  });
  expect((await at.run("stack", "--show-name")).stdout).toBe("dev\n");
  await at.run("config", "set", "a", "b");
  expect((await at.run("stack", "rename", "prod")).stdout).toBe("Renamed dev to prod\n");
  expect((await at.run("stack", "ls", "--json")).stdout).toMatch(/"name": "prod",\s+"current": true/);
  expect(at.read("Pulumi.prod.yaml")).toContain("golden:a: b");
  expect(await at.run("stack", "rm")).toMatchObject({ code: 1, stderr: expect.stringContaining("--yes") });
  expect((await at.run("stack", "rm", "--yes", "--remove-backups")).stdout).toBe("Stack 'prod' has been removed!\n");
  expect(at.exists("Pulumi.prod.yaml")).toBe(false);
  expect((await at.run("stack", "ls", "--json")).stdout).toBe("[]\n");
});

test("shows resources as a tree and outputs masked, without a passphrase", async () => {
  const at = bench({ filled: true });
  vi.stubEnv("PULUMI_CONFIG_PASSPHRASE", undefined);
  const { stdout } = await at.run("stack", "--show-ids");
  expect(stdout).toContain("    │  └─ pulumi-nodejs:dynamic/golden:Thing  group-a\n    │        ID: id-group-a\n");
  expect(stdout).toMatch(/OUTPUT {2}VALUE\n {4}plain {3}id-room\n {4}token {3}\[secret\]\n/);
  expect(JSON.parse((await at.run("stack", "output", "--json")).stdout)).toEqual({
    plain: "id-room",
    token: "[secret]",
  });
  expect(await at.run("stack", "output", "nope")).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("plain, token"),
  });
  expect((await at.run("stack", "output", "--shell")).stdout).toBe("plain=id-room\ntoken='[secret]'\n");
});

test("what is exported is imported again, with secrets in clear or sealed", async () => {
  const at = bench({ filled: true });
  const before = JSON.parse((await at.run("stack", "export")).stdout);
  const clear = await at.run("stack", "export", "--show-secrets");
  expect(clear.stdout).toContain('"plaintext": "\\"hunter2\\""');
  at.write("clear.json", clear.stdout);
  expect(await at.run("stack", "import", "--file", "clear.json")).toMatchObject({
    code: 0,
    stdout: "Import complete.\n",
  });
  const state = at.read(at.checkpoint);
  expect(state).not.toContain("plaintext");
  expect(state).not.toContain("hunter2");
  expect(at.exists(`${at.checkpoint}.bak`)).toBe(true);
  const after = JSON.parse((await at.run("stack", "export", "--show-secrets")).stdout);
  // Times are kept to the millisecond.
  const short = (document: typeof before) => {
    const { manifest } = document.deployment;
    return { ...document.deployment, manifest: { ...manifest, time: new Date(manifest.time) } };
  };
  expect(short(after)).toEqual(short(JSON.parse(clear.stdout)));
  at.write("sealed.json", JSON.stringify(before));
  await at.run("stack", "import", "--file", "sealed.json");
  expect(short(JSON.parse((await at.run("stack", "export")).stdout))).toEqual(short(before));
});

type Deployment = {
  resources: { urn: string; type: string }[];
  pending_operations?: unknown;
  manifest: { magic: string };
};

test.each<[string, (deployment: Deployment) => unknown, RegExp]>([
  [
    "another stack's",
    (d) => JSON.parse(JSON.stringify({ deployment: d }).replaceAll("pulumi:dev::", "pulumi:other::")),
    /another stack/,
  ],
  [
    "twice the same URN",
    (d) => ({ deployment: { ...d, resources: [...d.resources, d.resources.at(-1)] } }),
    /stands there twice/,
  ],
  ["in a wrong order", (d) => ({ deployment: { ...d, resources: d.resources.toReversed() } }), /stand/],
  ["edited", (d) => ({ deployment: { ...d, manifest: { ...d.manifest, magic: "00" } } }), /magic/],
  ["no deployment", () => ({ checkpoint: {} }), /not an exported stack/],
  ["another provider's", (d) => ({ deployment: { ...d, secrets_providers: { type: "cloud", state: {} } } }), /"cloud"/],
  ["without its salt", (d) => ({ deployment: { ...d, secrets_providers: undefined } }), /no secrets_providers/],
])("a document that is %s is not imported", async (_, change, message) => {
  const at = bench({ filled: true });
  const { deployment } = JSON.parse((await at.run("stack", "export")).stdout);
  at.write("in.json", JSON.stringify({ version: 3, ...(change(deployment) as object) }));
  const before = at.read(at.checkpoint);
  expect(await at.run("stack", "import", "--file", "in.json")).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(message),
  });
  expect(at.read(at.checkpoint)).toBe(before);
});

test("an import drops pending operations with a warning, and --force takes what breaks a rule", async () => {
  const at = bench({ filled: true });
  const { deployment } = JSON.parse((await at.run("stack", "export")).stdout);
  const resource = { urn: thing("lost"), type: "pulumi-nodejs:dynamic/golden:Thing", custom: true };
  const resources = [...deployment.resources, deployment.resources.at(-1)];
  const document = { ...deployment, resources, pending_operations: [{ type: "creating", resource }] };
  at.write("in.json", JSON.stringify({ version: 3, deployment: document }));
  const { code, stderr } = await at.run("stack", "import", "--force", "--file", "in.json");
  expect({ code, lines: stderr.trim().split("\n") }).toEqual({
    code: 0,
    lines: [expect.stringContaining("stands there twice"), expect.stringContaining(`"creating" on ${thing("lost")}`)],
  });
  expect(at.read(at.checkpoint)).not.toContain("pending_operations");
});

test("removal refuses while there are resources; with --force the last state stays as a backup", async () => {
  const at = bench({ filled: true });
  const state = at.read(at.checkpoint);
  expect(await at.run("stack", "rm", "--yes")).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("destroy --stack dev"),
  });
  expect(at.read(at.checkpoint)).toBe(state);
  expect(await at.run("stack", "rm", "--yes", "--force", "--preserve-config")).toMatchObject({ code: 0 });
  expect(at.files("backend/.pulumi/stacks/golden")).toEqual(["dev.json.bak"]);
  expect(at.exists(at.stackFile)).toBe(true);
});

test("resources are forgotten with their dependents, protected ones by force only", async () => {
  const at = bench({ filled: true });
  const refused = await at.run("state", "delete", thing("room"));
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining(thing("user")) });
  expect(await at.run("state", "delete", "roon")).toMatchObject({ code: 1 });
  const both = ["state", "delete", thing("room"), "--target-dependents", "--yes"];
  expect(await at.run(...both)).toMatchObject({ code: 1, stderr: expect.stringContaining("user is protected") });
  const forced = await at.run(...both, "--force");
  expect(forced).toMatchObject({ code: 0, stdout: "Resources deleted\n", stderr: expect.stringContaining("user") });
  const left = (await at.run("stack", "--show-urns")).stdout;
  expect(left).not.toContain(thing("room"));
  expect(left).not.toContain(thing("user"));
  expect(left).toContain("group-a");
});

test("cancel names the holder, leaves a living one alone unless told, and releases the others", async () => {
  const at = bench({ filled: true });
  expect((await at.run("cancel")).stdout).toContain("nothing to cancel");
  at.write(`${locks}/a.json`, lock({ pid: process.pid }));
  const refused = await at.run("cancel");
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining(`process ${process.pid}`) });
  expect(at.files(locks)).toEqual(["a.json"]);
  for (const args of [
    ["state", "delete", thing("user")],
    ["stack", "rm", "--yes", "--force"],
    ["stack", "rename", "x"],
  ])
    expect(await at.run(...args)).toMatchObject({ code: 1, stderr: expect.stringContaining("cancel --stack dev") });
  expect(await at.run("cancel", "--yes")).toMatchObject({ code: 0 });
  at.write(`${locks}/b.json`, lock({ hostname: "elsewhere" }));
  expect(await at.run("state", "delete", thing("user"))).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("elsewhere"),
  });
  expect(await at.run("cancel")).toMatchObject({ code: 0 });
  expect(at.files(locks)).toEqual([]);
});

test("--engine is accepted and changes nothing", async () => {
  const at = bench({ filled: true });
  for (const args of [["config"], ["stack", "ls"], ["stack"], ["cancel"], ["config", "get", "golden:nope"]]) {
    const plain = await at.run(...args);
    for (const engine of ["embedded", "pulumi"]) expect(await at.run(...args, "--engine", engine)).toEqual(plain);
  }
});
