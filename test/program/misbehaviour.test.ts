/** Programs that end badly, or don't end: nothing is deleted, what was made is recorded, and one message says what is wrong. */
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { descendants } from "../support/processes.ts";
import { Things } from "../support/things.ts";

const thing = `import * as pulumi from "@pulumi/pulumi";
class Thing extends pulumi.CustomResource {
  declare serial: pulumi.Output<number>;
  constructor(name: string, props: object = {}) {
    const loader = 'exports.handler = () => require("./things.cjs").forKind("Thing")';
    super("pulumi-nodejs:dynamic/things:Thing", name, { serial: undefined, name, ...props, __provider: loader });
  }
}
`;

describe("a program that ends badly", { timeout: 300_000 }, () => {
  let things: Things;
  beforeAll(async () => {
    things = new Things();
    things.write("index.ts", `${thing}new Thing("kept");\n`);
    const { code, output } = await things.up();
    expect(code, output).toBe(0);
  }, 300_000);
  afterAll(() => things.remove());

  it.each([
    [
      "throws",
      'new Thing("$"); function deep() { throw new Error("no more"); } deep();',
      /Error: no more\n +at deep \(.*\/index\.ts:10:\d+\)/,
    ],
    [
      "throws in an apply",
      'new Thing("$").serial.apply(() => { throw new Error("too late"); });',
      /Error: too late\n +at .*\/index\.ts:10:\d+/,
    ],
    [
      "rejects and nobody listens",
      'new Thing("$"); Promise.reject("just text");',
      /unhandled exception:\n +just text\n/,
    ],
    [
      "calls process.exit(0)",
      'new Thing("$").serial.apply(() => process.exit(0));',
      /The program ended early \(exit code \d\): nothing is deleted/,
    ],
    [
      "calls process.exit(3)",
      'new Thing("$").serial.apply(() => process.exit(3));',
      /The program ended early \(exit code 3\): nothing is deleted/,
    ],
    [
      "kills itself",
      'new Thing("$").serial.apply(() => process.kill(process.pid, "SIGKILL"));',
      /The program ended early \(signal SIGKILL\): nothing/,
    ],
    [
      "ends before it says that it does",
      'new Thing("$"); process.on("beforeExit", () => process.exit(0));',
      /ended early \(exit code 0\): nothing is deleted/,
    ],
    [
      "waits for ever at its top level",
      'new Thing("$"); await new Promise(() => {});',
      /did not come to its end: an `await`[\s\S]*Nothing is deleted/,
    ],
    [
      "exports what never comes",
      'new Thing("$"); export const never = new Promise(() => {});',
      /did not come to its end[\s\S]*Nothing is deleted/,
    ],
    [
      "waits for ever for an input",
      'new Thing("$"); new Thing("other", { x: new Promise(() => {}) });',
      /"other" .* was waiting for the value of its input property "x"/,
    ],
    [
      "closes its connection",
      'new Thing("$").serial.apply(() => (pulumi.runtime as any).getMonitor().close());',
      /ended early|did not come to its end|error:/,
    ],
  ])("%s: deletes nothing, keeps what was made", async (title, code, message) => {
    const name = title.replaceAll(/\W+/g, "-");
    things.write("index.ts", `${thing}\n${code.replaceAll("$", name)}\n`);
    const run = await things.up();
    expect(run.code, run.output).toBe(1);
    expect(run.output).toMatch(message);
    expect(run.output).not.toMatch(/node:internal|node_modules\/@pulumi/);
    const names = Object.values(things.cloud().objects).map((object) => object.name);
    expect(names).toEqual(expect.arrayContaining(["kept", name]));
    const { resources, pending } = await things.state();
    expect(resources.map(({ urn }) => urn.split("::").pop())).toEqual(expect.arrayContaining(["kept", name]));
    expect(pending).toEqual([]);
  });

  it("declares what is refused, with no preview before it: what was made stays, and the next run goes on", async () => {
    const good = 'const first = new Thing("first"); const second = new Thing("second");';
    const refused = 'new pulumi.CustomResource("aws:s3:Bucket", "third", {}, { dependsOn: [first, second] });';
    things.write("index.ts", `${thing}\n${good}\n${refused}\n`);
    things.calls();
    const named = (await things.run("preview")).output;
    expect(named).toMatch(/The package "aws" .* is not supported by the embedded runner; use the Pulumi CLI/);
    expect(things.writes()).toEqual([]);
    const run = await things.up();
    expect(run.code, run.output).toBe(1);
    expect(run.output).toMatch(/The package "aws" .* is not supported by the embedded runner; use the Pulumi CLI/);
    expect(things.writes().sort()).toEqual(["create Thing first default", "create Thing second default"]);
    for (const name of ["first", "second"]) expect(run.stdout).toMatch(new RegExp(` ${name} created`));
    const { resources, pending } = await things.state();
    expect(resources.map(({ urn }) => urn.split("::").pop())).toEqual(
      expect.arrayContaining(["kept", "first", "second"]),
    );
    expect(pending).toEqual([]);
    things.write("index.ts", `${thing}\nnew Thing("kept"); ${good}\n`);
    const next = await things.up();
    expect(next.code, next.output).toBe(0);
    expect(things.writes().filter((call) => /first|second|kept/.test(call))).toEqual([]);
  });

  it("prints megabytes: all of it arrives, and the run is none the worse", async () => {
    things.write(
      "index.ts",
      `${thing}\nnew Thing("kept");\nfor (let i = 0; i < 20_000; i++) console.log("line " + i + "x".repeat(100));\nprocess.stdout.write("y".repeat(2_000_000));\n`,
    );
    const { code, stdout } = await things.run("preview");
    expect(code).toBe(0);
    expect(new Set(stdout.match(/line \d+x{100}$/gm)).size).toBe(20_000);
    expect(stdout).toContain("y".repeat(2_000_000));
  });

  it("is kept alive by a timer: ^C ends it, and no process stays", async () => {
    things.write("index.ts", `${thing}\nnew Thing("timed");\nsetInterval(() => {}, 1000);\n`);
    const running = await things.begin("embedded", "up", "--yes", "--skip-preview");
    await vi.waitUntil(() => Object.values(things.cloud().objects).some(({ name }) => name === "timed"), {
      timeout: 120_000,
    });
    const processes = descendants(running.pid);
    expect(processes.length).toBeGreaterThan(0);
    running.kill("SIGINT");
    const { code, output } = await running.done;
    expect(code, output).toBe(1);
    expect(output).toContain("up canceled");
    expect(processes.filter(isAlive)).toEqual([]);
  });

  it("is gone when the runner is killed", async () => {
    things.write("index.ts", `${thing}\nnew Thing("stuck");\nconsole.log("in the loop");\nfor (;;);\n`);
    const running = await things.begin("embedded", "preview");
    await vi.waitUntil(() => descendants(running.pid, "cmd/run").length > 0, { timeout: 120_000 });
    const processes = descendants(running.pid);
    running.kill("SIGKILL");
    await running.done;
    await vi.waitUntil(() => !processes.some(isAlive), { timeout: 30_000, interval: 20 });
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
