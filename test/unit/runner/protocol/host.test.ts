/** What is refused before a program is started, and where it would run. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { placeOf, startHost } from "../../../../provider/runner/protocol/host.ts";
import { aboutTypeScript } from "../../../../provider/runner/protocol/messages.ts";

/** A folder with these packages in node_modules, of these versions. */
function folder(packages: Readonly<Record<string, string>>): string {
  const dir = mkdtempSync(path.join(tmpdir(), "host-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  for (const [name, version] of Object.entries(packages)) {
    const at = path.join(dir, "node_modules", name);
    mkdirSync(path.join(at, "cmd/run"), { recursive: true });
    writeFileSync(path.join(at, "package.json"), JSON.stringify({ name, version }));
    writeFileSync(path.join(at, "cmd/run/index.js"), "");
  }
  return dir;
}

const begin = (dir: string, main = ".") =>
  startHost({
    address: "127.0.0.1:1",
    project: "p",
    stack: "dev",
    folder: dir,
    main,
    typescript: false,
    nodeArguments: [],
    dryRun: true,
    parallel: 1,
    config: new Map(),
    env: {},
    print: () => {},
  });

test.each(["3.215.0", "2.25.0", "4.0.0"])("refuses a program with version %s of the SDK", (version) => {
  const dir = folder({ "@pulumi/pulumi": version });
  expect(() => begin(dir)).toThrow(
    new RegExp(`@pulumi/pulumi is of version ${version} .*needs 3\\.216 or newer, below 4[\\s\\S]*npm install`),
  );
});

test("refuses a program without the SDK, and one that isn't there", () => {
  const dir = folder({});
  expect(() => begin(dir)).toThrow(/@pulumi\/pulumi can't be found from [\s\S]*npm install/);
  expect(() => begin(dir, "bin/index.js")).toThrow(`The program ${path.join(dir, "bin/index.js")} (\`main\``);
});

test("the program and the handlers' code run in the folder of `main`", () => {
  const dir = folder({});
  mkdirSync(path.join(dir, "src"));
  writeFileSync(path.join(dir, "src/index.ts"), "");
  expect(placeOf(dir, "src/index.ts")).toEqual({ cwd: path.join(dir, "src"), main: "index.ts" });
  expect(placeOf(dir, "src")).toEqual({ cwd: path.join(dir, "src"), main: "." });
  expect(placeOf(dir, ".")).toEqual({ cwd: dir, main: "." });
  expect(placeOf(dir, "nope")).toBeUndefined();
});

test("an error of the SDK's serialisation names a TypeScript that is too new, and only then", () => {
  const error = "TypeError: x\n    at y (/home/me/node_modules/@pulumi/pulumi/runtime/closure/parseFunction.js:1:1)";
  const dir = folder({ typescript: "7.0.1" });
  expect(aboutTypeScript(error, dir)).toMatch(/TypeScript 7\.0\.1\..*npm install typescript@6` in /);
  expect(aboutTypeScript("TypeError: x\n    at y (/home/me/index.ts:1:1)", dir)).toBeUndefined();
  expect(aboutTypeScript(error, folder({ typescript: "6.0.3" }))).toBeUndefined();
  expect(aboutTypeScript(error, folder({}))).toBeUndefined();
});
