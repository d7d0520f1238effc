/** What the program's process is spared: nothing is lost by it, nothing else changes, and another SDK is left alone. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { expect, it } from "vitest";
import {
  makeLean,
  registerInTurn,
  withoutDebugLines,
  withoutTraces,
} from "../../../../provider/runner/protocol/lean-sdk.ts";

type Answer = (error: unknown, response: unknown) => void;

/** A client that answers when it is told to, and a serialiser that waits for what it is given. */
function program(most: number) {
  const begun: string[] = [];
  const open: { name: string; answer: Answer }[] = [];
  const client = {
    registerResource(name: string, answer: Answer) {
      open.push({ name, answer });
      return "call";
    },
  };
  const rpc = {
    async serializeResourceProperties(name: string, input: unknown) {
      begun.push(name);
      return [name, await input];
    },
  };
  registerInTurn(rpc, client, most);
  const register = async (name: string, input: unknown = undefined): Promise<unknown> => {
    await rpc.serializeResourceProperties(name, input);
    const { promise, resolve } = Promise.withResolvers<unknown>();
    expect(client.registerResource(name, (error, response) => resolve(error ?? response))).toBe("call");
    return promise;
  };
  return { begun, open, register };
}

const settle = async () => {
  for (let i = 0; i < 50; i++) await turn();
};

it("has never more than so many registrations under way, and gets through all of them in their order", async () => {
  const { open, begun, register } = program(20);
  const names = Array.from({ length: 500 }, (_, i) => `r${i}`);
  const done = Promise.all(names.map((name) => register(name)));
  let answered = 0;
  while (answered < names.length) {
    await settle();
    // One turn begins some more than the limit at most.
    expect(open.length).toBeGreaterThan(0);
    expect(open.length).toBeLessThan(20 + 16);
    for (const { name, answer } of open.splice(0)) {
      answer(undefined, `${name} made`);
      answered++;
    }
  }
  expect(await done).toEqual(names.map((name) => `${name} made`));
  expect(begun).toEqual(names);
});

it("isn't blocked by what waits for a resource declared later", async () => {
  const { open, register } = program(2);
  const { promise: id, resolve } = Promise.withResolvers<unknown>();
  const waiting = Array.from({ length: 100 }, (_, i) => register(`waits${i}`, id));
  const last = register("last").then(resolve);
  await settle();
  expect(open.map(({ name }) => name)).toEqual(["last"]);
  open.pop()?.answer(undefined, "id");
  await last;
  let answered = 0;
  while (answered < 100) {
    await settle();
    for (const { answer } of open.splice(0)) {
      answer(undefined, "made");
      answered++;
    }
  }
  expect(await Promise.all(waiting)).toHaveLength(100);
});

it("passes errors of the engine on, and goes on after them", async () => {
  const { open, register } = program(1);
  const [first, second] = [register("first"), register("second")];
  await settle();
  open.shift()?.answer("refused", undefined);
  expect(await first).toBe("refused");
  await settle();
  for (const { answer } of open) answer(undefined, "made");
  expect(await second).toBe("made");
});

it("delays nothing where registrations can't be counted", async () => {
  const serialize = async () => "now";
  const rpc = { serializeResourceProperties: serialize };
  registerInTurn(rpc, { otherName: () => undefined }, 1);
  registerInTurn(rpc, undefined, 1);
  expect(rpc.serializeResourceProperties).toBe(serialize);
});

it("takes no stack trace for the SDK's promises, and takes them as before elsewhere", () => {
  const limit = Error.stackTraceLimit;
  const module = {
    debuggablePromise(promise: object, ctx: string) {
      if (ctx === "fails") throw new Error(ctx);
      return Object.assign(promise, { ctx, trace: new Error("trace").stack });
    },
  };
  withoutTraces(module);
  expect(module.debuggablePromise({}, "label")).toEqual({ ctx: "label", trace: "Error: trace" });
  expect(() => module.debuggablePromise({}, "fails")).toThrow("fails");
  expect(Error.stackTraceLimit).toBe(limit);
});

it("silences debug lines only", async () => {
  const said: string[] = [];
  const log = { debug: (text: string) => said.push(text), info: (text: string) => said.push(text) };
  withoutDebugLines(log);
  expect(await log.debug("secret")).toBeUndefined();
  log.info("hello");
  expect(said).toEqual(["hello"]);
});

it("leaves an SDK alone that is made otherwise", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "lean-"));
  try {
    expect(() => makeLean(path.join(folder, "cmd", "run", "index.js"), Number.NaN)).not.toThrow();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

it("finds in the installed SDK what it looks for", () => {
  const lean = path.join(import.meta.dirname, "../../../../provider/runner/protocol/lean-sdk.ts");
  const script = `
    import { createRequire } from "node:module";
    import { dirname } from "node:path";
    import { makeLean } from ${JSON.stringify(lean)};
    const require = createRequire(${JSON.stringify(import.meta.url)});
    const host = require.resolve("@pulumi/pulumi/cmd/run");
    makeLean(host, 4);
    const sdk = dirname(dirname(dirname(host)));
    const own = (path, name) => require(sdk + path)[name].toString().includes("original") || name === "debug" && require(sdk + path)[name].length === 0;
    const found = [own("/runtime/debuggable.js", "debuggablePromise"), own("/log/index.js", "debug"), own("/runtime/rpc.js", "serializeResourceProperties")];
    require("@pulumi/pulumi");
    const read = (pattern) => Object.keys(require.cache).some((file) => pattern.test(file));
    const late = () => [/node_modules.typescript.lib/, /arborist/, /execa/, /exporter-zipkin/].map(read);
    const before = late();
    const { automation, runtime } = require("@pulumi/pulumi");
    require(sdk + "/cmd/run/tracing.js").newSpan("a").end();
    const spanned = late();
    const paths = await runtime.computeCodePaths();
    const stack = automation.fullyQualifiedStackName("a", "b", "c");
    require(sdk + "/cmd/run/tracing.js").stop();
    const closure = (await runtime.serializeFunction(() => 1)).text.length > 0;
    console.log(JSON.stringify({ found, before, spanned, paths: paths.size > 0, stack, closure, after: late() }));`;
  const output = execFileSync(process.execPath, ["--no-warnings", "--input-type=module", "-e", script], {
    encoding: "utf8",
  });
  expect(JSON.parse(output)).toEqual({
    found: [true, true, true],
    before: [false, false, false, false],
    spanned: [false, false, false, false],
    paths: true,
    stack: "a/b/c",
    closure: true,
    after: [true, true, true, true],
  });
});
