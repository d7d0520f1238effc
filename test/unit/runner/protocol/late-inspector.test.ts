/** The inspector session begins when the first closure is looked into, and knows what was read before. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it, onTestFinished } from "vitest";

const lean = path.join(import.meta.dirname, "../../../../provider/runner/protocol/lean-sdk.ts");

it("tells where a function stands that can't be serialised", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "inspector-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, "closure.mjs");
  writeFileSync(
    file,
    "const native = Math.max.bind(null);\nconst inner = () => native(1);\nexport const outer = () => inner();\n",
  );
  const script = `
    import { createRequire } from "node:module";
    import { makeLean } from ${JSON.stringify(lean)};
    const require = createRequire(${JSON.stringify(import.meta.url)});
    makeLean(require.resolve("@pulumi/pulumi/cmd/run"), 4);
    const { outer } = await import(${JSON.stringify(file)});
    await require("@pulumi/pulumi").runtime.serializeFunction(outer).catch((error) => console.log(error.message));`;
  const output = execFileSync(process.execPath, ["--no-warnings", "--input-type=module", "-e", script], {
    encoding: "utf8",
  });
  // To the letter what the SDK says with a session from the start.
  expect(output).toContain("Error serializing '() => inner()': closure.mjs(3,21)");
  expect(output).toContain("'() => native(1)': closure.mjs(2,14): which captured\n    'native', a function defined at");
});
