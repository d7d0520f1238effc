/**
 * Dynamic resources whose code Pulumi itself turned into text: of the program and of a package, with what they captured;
 * isolated per provider; and no secret that the run knows in anything that is printed.
 */
import { mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { repository } from "../support/engines.ts";
import { Things } from "../support/things.ts";

/** A package of somebody else: CommonJS, a handler that is a class, a module and a secret that it captured. */
const counters = `const pulumi = require("@pulumi/pulumi");
const os = require("node:os");
const path = require("node:path");
const seed = pulumi.secret("captured-s3cret");
class CounterProvider {
  constructor(step) { this.step = step; }
  async configure({ config }) { this.calls = 0; this.base = config.require("base"); }
  describe(inputs) { return path.posix.join(this.base, inputs.label) + os.EOL; }
  async check(olds, news) { return { inputs: { ...news, label: news.label ?? "auto" } }; }
  async create(inputs) {
    this.calls += this.step;
    console.log("made with " + inputs.pw);
    if (inputs.fail) throw { message: "cannot: " + encodeURIComponent(inputs.pw) + " " + JSON.stringify({ pw: inputs.pw }) };
    return { id: "c-" + inputs.label, outs: { ...inputs, text: this.describe(inputs).trim(), calls: this.calls, seed: seed.get() } };
  }
  async update(id, olds, news) { return { outs: { ...news, text: olds.text, calls: olds.calls + 1, seed: olds.seed } }; }
}
exports.Counter = class extends pulumi.dynamic.Resource {
  constructor(name, props, opts) { super(new CounterProvider(10), name, { text: undefined, calls: undefined, seed: undefined, ...props }, { ...opts, additionalSecretOutputs: ["seed"] }, "counters", "Counter"); }
};
`;

const program = (fail: boolean) => `import * as pulumi from "@pulumi/pulumi";
import { Counter } from "counters";
declare const require: (name: string) => any;

const prefix = "own-";
class Hash extends pulumi.dynamic.Resource {
  declare readonly digest: pulumi.Output<string>;
  constructor(name: string, text: string) {
    const provider = {
      async create(inputs: { text: string }) {
        const { createHash } = require("node:crypto");
        return { id: prefix + inputs.text, outs: { ...inputs, digest: createHash("sha256").update(inputs.text).digest("hex") } };
      },
    };
    super(provider, name, { digest: undefined, text });
  }
}
class Server extends pulumi.ProviderResource {
  constructor(name: string, base: string) {
    super("pulumi-nodejs", name, { "things:base": base });
  }
}
const config = new pulumi.Config();
const pw = config.requireSecret("pw");
const [north, south] = [new Server("north", "n"), new Server("south", "s")];
const one = new Counter("one", { label: "1", pw }, { provider: north });
const two = new Counter("two", { label: "2", pw }, { provider: south });
const three = new Counter("three", { label: "3", pw, later: two.calls }, { provider: south });
const own = new Counter("own", { pw, fail: ${fail} });
pw.apply((value) => console.log("the program knows " + value));
export const digest = new Hash("hash", "x").digest;
export const texts = pulumi.all([one, two, three, own].map((counter) => (counter as any).text));
export const calls = pulumi.all([one, two, three].map((counter) => (counter as any).calls));
`;

const PASSWORD = 'pa"ss & wörd';

describe("dynamic resources with code as text", { timeout: 300_000 }, () => {
  let things: Things;
  const link = (name: string) => {
    const target = path.join(things.folder, "node_modules", name);
    mkdirSync(path.dirname(target), { recursive: true });
    symlinkSync(path.join(repository, "node_modules", name), target);
  };

  beforeAll(async () => {
    things = new Things();
    rmSync(path.join(things.folder, "node_modules"));
    for (const name of readdirSync(path.join(repository, "node_modules"))) if (!name.startsWith(".")) link(name);
    const folder = path.join(things.folder, "node_modules/counters");
    mkdirSync(folder);
    writeFileSync(path.join(folder, "package.json"), '{ "name": "counters", "version": "1.0.0", "main": "index.js" }');
    writeFileSync(path.join(folder, "index.js"), counters);
    await things.config("things:pw", PASSWORD, true);
    await things.config("things:base", "stack", false);
  });
  afterAll(() => things.remove());

  const forms = [PASSWORD, JSON.stringify(PASSWORD).slice(1, -1), encodeURIComponent(PASSWORD), "captured-s3cret"];

  it("runs them in process, each provider with its own instance, and prints no secret", async () => {
    things.write("index.ts", program(false));
    const up = await things.run("up", "--yes", "--json");
    expect(up.code, up.output).toBe(0);
    const { resources } = await things.state();
    const outputs = Object.fromEntries(
      resources.map(({ urn, outputs }) => [urn.split("::").pop() ?? "", outputs ?? {}]),
    );
    expect(outputs.one).toMatchObject({ text: "n/1", calls: 10 });
    // The same code at another provider begins anew; a preview's instance is not the update's.
    expect(outputs.two).toMatchObject({ text: "s/2", calls: 10 });
    expect(outputs.three).toMatchObject({ text: "s/3", calls: 20, later: 10 });
    expect(outputs.own).toMatchObject({ text: "stack/auto", calls: 10 });
    expect(outputs.hash).toMatchObject({ digest: expect.stringMatching(/^2d711642/) });
    for (const form of forms) expect(up.output).not.toContain(form);

    const again = await things.run("preview", "--diff", "--expect-no-changes");
    expect(again.code, again.output).toBe(0);
    expect(again.stdout).toContain("the program knows [secret]");
    for (const form of forms) expect(again.output).not.toContain(form);
  });

  it("tells of a failure without the secret, in whatever form the handler put it", async () => {
    things.write("index.ts", program(true).replace('"own"', '"failing"'));
    for (const flags of [[], ["--json"]]) {
      const failed = await things.run("up", "--yes", "--skip-preview", ...flags);
      expect(failed.code).toBe(1);
      expect(failed.output).toMatch(/cannot: \[secret\] \{\\?"pw\\?":\\?"\[secret\]\\?"\}/);
      expect(failed.output).toContain("made with [secret]");
      for (const form of forms) expect(failed.output).not.toContain(form);
    }
  });
});
