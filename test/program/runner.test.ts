/** The embedded runner from outside: what it refuses, what it says, how it is stopped. The rest is in runner-scenarios. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { it as base, describe, expect, vi } from "vitest";
import { Things } from "../support/things.ts";

const it = base.extend<{ things: Things }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest wants the pattern.
  things: async ({}, use) => {
    const things = new Things();
    try {
      await use(things);
    } finally {
      things.remove();
    }
  },
});

const until = (condition: () => boolean) => vi.waitUntil(condition, { timeout: 60_000, interval: 20 });
const names = async (things: Things) => Object.values(things.cloud().objects).map(({ name }) => name);

describe.concurrent("the embedded runner", { timeout: 300_000 }, () => {
  it("previews, makes, leaves alone, and says so", async ({ things }) => {
    things.declare({ resources: [{ name: "a" }], outputs: { serial: { $of: "a.serial" } } });
    const preview = await things.run("preview");
    expect(preview).toMatchObject({ code: 0, stderr: "" });
    expect(preview.stdout).toMatch(/^Engine: embedded runner \(--engine embedded\)\n/);
    expect(preview.stdout).toContain(" +  pulumi-nodejs:dynamic/things:Thing a create\n");
    expect(preview.stdout).toContain("serial: [unknown]");
    expect(preview.stdout).toContain("    + 2 to create\n");
    expect(things.writes()).toEqual([]);
    expect(readdirSync(things.folder)).not.toContain("Pulumi.dev.yaml");
    expect(readdirSync(path.join(things.folder, "state"))).toEqual([]);

    const up = await things.run("up", "--yes");
    expect(up.code, up.output).toBe(0);
    expect(up.stdout).toMatch(/Previewing update \(dev\):[\s\S]*Updating \(dev\):[\s\S]*serial: 1[\s\S]* \+ 2 created/);
    const again = await things.run("preview", "--expect-no-changes");
    expect(again.code, again.output).toBe(0);
    expect(again.stdout).toContain("    2 unchanged\n");

    things.declare([{ name: "a", props: { color: "red" } }]);
    const change = await things.run("preview", "--expect-no-changes");
    expect(change.code).toBe(7);
    expect(change.stderr).toContain("no changes were expected");
    const refused = await things.run("up", "--yes", "--expect-no-changes");
    expect(refused.code).toBe(7);
    expect(things.cloud().objects["Thing-1"]).not.toHaveProperty("color");
    const late = await things.up("--expect-no-changes");
    expect(late.code, late.output).toBe(7);
    expect(things.cloud().objects["Thing-1"]).toMatchObject({ color: "red" });
  });

  it("keeps secrets out of everything it prints and of the plain state", async ({ things }) => {
    await things.config("things:key", "config-s3cret", true);
    const entry = {
      name: "a",
      props: { pw: { $secret: "s3cret-pw" }, key: { $config: "key" }, list: [{ $secret: "s3cret-item" }] },
      opts: { additionalSecretOutputs: ["token", "echo"] },
    };
    things.declare({ resources: [entry], outputs: { token: { $of: "a.token" }, pw: { $of: "a.pw" } } });
    const runs = [await things.run("preview", "--json"), await things.run("preview", "--diff"), await things.up()];
    runs.push(await things.run("preview", "--json"));
    things.declare({ resources: [{ ...entry, props: { ...entry.props, pw: { $secret: "s3cret-new" } } }] });
    runs.push(
      await things.run("preview", "--diff"),
      await things.up("--json"),
      await things.run("refresh", "--yes", "--diff"),
    );
    for (const { code, output } of runs) {
      expect(code, output).toBe(0);
      expect(output).not.toMatch(/s3cret|token-1/);
    }
    const state = readFileSync(path.join(things.folder, "state/.pulumi/stacks/things/dev.json"), "utf8");
    expect(state).not.toMatch(/s3cret|token-1/);
    expect(things.cloud().objects["Thing-1"]).toMatchObject({
      pw: "s3cret-new",
      key: "config-s3cret",
      list: ["s3cret-item"],
    });
  });

  it("gives the JSON document of the CLI's preview", async ({ things }) => {
    things.declare([{ name: "a", props: { explain: true } }]);
    await things.up();
    things.declare([
      { name: "a", props: { explain: true, color: "red" } },
      { name: "b", opts: { dependsOn: ["a"] } },
    ]);
    const { stdout } = await things.run("preview", "--json");
    expect(JSON.parse(stdout)).toMatchObject({
      changeSummary: { create: 1, same: 1, update: 1 },
      steps: [
        { op: "same", urn: expect.stringContaining("pulumi:pulumi:Stack::things-dev") },
        {
          op: "update",
          oldState: { id: "Thing-1" },
          newState: { inputs: { color: "red" } },
          diffReasons: ["color"],
          detailedDiff: { color: { kind: "add", inputDiff: true } },
        },
        { op: "create", urn: expect.stringMatching(/::b$/) },
      ],
    });
  });

  it("tells the program's own error once, and deletes nothing", async ({ things }) => {
    things.declare([{ name: "a" }, { name: "b" }]);
    await things.up();
    things.declare({ resources: [{ name: "a" }], crash: "no more today" });
    const { code, output } = await things.up();
    expect(code).toBe(1);
    expect(output.match(/no more today/g)).toHaveLength(1);
    expect(output).not.toMatch(/node:internal|@pulumi/);
    expect(await names(things)).toEqual(["a", "b"]);
  });

  it("deletes nothing when the program ends early on its own", async ({ things }) => {
    things.declare([{ name: "a" }]);
    await things.up();
    things.write("index.ts", "process.exit(0);\n");
    const { code, output } = await things.up();
    expect(code).toBe(1);
    expect(output).toMatch(/The program ended early \(exit code \d\): nothing is deleted\./);
    expect(await names(things)).toEqual(["a"]);
  });

  it("refuses two resources of one name", async ({ things }) => {
    things.declare([{ name: "a" }, { name: "a" }]);
    const { code, output } = await things.up();
    expect(code).toBe(1);
    expect(output).toContain("Duplicate resource URN 'urn:pulumi:dev::things::pulumi-nodejs:dynamic/things:Thing::a'");
  });

  it("shows all failures of a check, and no secret in them", async ({ things }) => {
    things.declare([{ name: "a", props: { color: { $secret: "mauve" }, size: -1 } }]);
    const { code, output } = await things.up();
    expect(code).toBe(1);
    expect(output).toContain("resource 'a': property color has a problem: [secret] is not a color");
    expect(output).toContain("resource 'a' has a problem: size must not be negative");
    expect(things.writes()).toEqual([]);
  });

  it.each([
    ["a foreign package", 'new pulumi.CustomResource("aws:s3/bucket:Bucket", "b", {});', 'The package "aws"'],
    [
      "a function of one",
      'await pulumi.runtime.invoke("aws:index:getRegion", {});',
      "The function aws:index:getRegion",
    ],
    [
      "importing",
      'new pulumi.CustomResource("pulumi-nodejs:dynamic/x:T", "b", {}, { import: "1" });',
      "option `import`",
    ],
    [
      "what the SDK itself asks for first",
      'new pulumi.CustomResource("pulumi-nodejs:dynamic/x:T", "b", {}, { transforms: [async () => undefined] });',
      'The feature "transforms"',
    ],
    ["a stack reference", 'new pulumi.StackReference("organization/other/dev");', "A StackReference"],
  ])("refuses %s by name and points to the Pulumi CLI", async (_title, line, message) => {
    const things = new Things();
    try {
      things.write("index.ts", `import * as pulumi from "@pulumi/pulumi";\n${line}\n`);
      const { code, output } = await things.up();
      expect(code).toBe(1);
      expect(output).toContain(message);
      expect(output).toContain("is not supported by the embedded runner; use the Pulumi CLI");
    } finally {
      things.remove();
    }
  });

  it("on ^C begins nothing more, ends what is in flight, records it", async ({ things }) => {
    things.declare([
      { name: "slow", props: { gated: true } },
      { name: "later", opts: { dependsOn: ["slow"] } },
    ]);
    const running = await things.begin("embedded", "up", "--yes", "--skip-preview");
    await until(() => things.isWaiting("slow"));
    running.kill("SIGINT");
    things.open("slow");
    const { code, output } = await running.done;
    expect(code, output).toBe(1);
    expect(output).toContain("up canceled");
    expect(await names(things)).toEqual(["slow"]);
    const { resources, pending } = await things.state();
    expect(resources.map(({ id }) => id)).toContain("Thing-1");
    expect(pending).toEqual([]);
    things.calls();
    expect((await things.up()).code).toBe(0);
    expect(things.writes()).toEqual(["create Thing later default"]);
  });

  it("killed in a creation it knows at the next start what was under way", async ({ things }) => {
    things.declare([{ name: "first" }, { name: "slow", props: { gated: true }, opts: { dependsOn: ["first"] } }]);
    const running = await things.begin("embedded", "up", "--yes", "--skip-preview");
    await until(() => things.isWaiting("slow"));
    running.kill("SIGKILL");
    await running.done;
    things.open("slow");
    const next = await things.up();
    expect(next.code, next.output).toBe(0);
    expect(next.stderr).toMatch(/A former run was cut off[\s\S]*Thing::slow, interrupted while creating/);
    const { resources, pending } = await things.state();
    expect(resources.filter(({ custom, type }) => custom && !type.startsWith("pulumi:providers:"))).toHaveLength(2);
    expect(pending).toEqual([]);
    expect(things.cloud().objects).toMatchObject({ "Thing-1": { name: "first" } });
  });

  it.each([
    ["no project", "Pulumi.yaml", undefined, "There is no Pulumi.yaml"],
    ["a broken one", "Pulumi.yaml", "name: [", "Pulumi.yaml"],
    ["another language", "Pulumi.yaml", "name: things\nruntime: python\n", 'The runtime "python"'],
  ])("says what is wrong with the project: %s", async (_title, file, text, message) => {
    const things = new Things();
    try {
      if (text === undefined) things.env("PWD", things.folder);
      const folder = text === undefined ? path.parse(things.folder).root : things.folder;
      if (text !== undefined) things.write(file, text);
      const { code, stderr } = await things.run("preview", "--cwd", folder);
      expect(code).toBe(1);
      expect(stderr).toMatch(/^error: /);
      expect(stderr).toContain(message);
      expect(stderr).not.toMatch(/\n\s+at /);
    } finally {
      things.remove();
    }
  });

  it("wants a yes where nobody can be asked, and a stack that is there", async ({ things }) => {
    things.declare([]);
    const unasked = await things.run("up");
    expect(unasked).toMatchObject({ code: 2 });
    expect(unasked.stderr).toContain("--yes or --skip-preview or --preview-only must be passed in");
    await things.up();
    const unknown = await things.run("preview", "--stack", "prod");
    expect(unknown.code).toBe(6);
    expect(unknown.stderr).toContain('There is no stack "prod" of the project things; there is: dev.');
    const broken = await things.run("up", "--parallel", "many");
    expect(broken.code).toBe(1);
    expect(broken.stderr).toContain("--parallel");
  });

  it("runs as many calls at once as it is told", async ({ things }) => {
    const entries = ["a", "b", "c"].map((name) => ({ name, props: { gated: true } }));
    things.declare(entries);
    const running = await things.begin("embedded", "up", "--yes", "--skip-preview", "--parallel", "2");
    const waiting = () => entries.filter(({ name }) => things.isWaiting(name)).map(({ name }) => name);
    await until(() => waiting().length === 2);
    const [first = ""] = waiting();
    const [last = ""] = entries.map(({ name }) => name).filter((name) => !waiting().includes(name));
    expect(things.isWaiting(last)).toBe(false);
    things.open(first);
    await until(() => things.isWaiting(last));
    for (const { name } of entries) things.open(name);
    expect((await running.done).code).toBe(0);
  });
});
