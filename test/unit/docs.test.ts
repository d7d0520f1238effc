/** Nothing that programs can use is without a word about it: README, reference page, example; and links lead somewhere. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { ComponentResource, CustomResource } from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import * as api from "../../provider/index.ts";

const root = path.join(import.meta.dirname, "..", "..");
const read = (file: string): string => readFileSync(path.join(root, file), "utf8");

const classes = Object.entries(api).flatMap(([name, value]) => {
  const { prototype } = value as { prototype?: unknown };
  if (prototype instanceof ComponentResource) return [{ name, folder: "components" }];
  return prototype instanceof CustomResource ? [{ name, folder: "kinds" }] : [];
});

const functions = Object.entries(api)
  .filter(([name, value]) => /^[a-z]/.test(name) && typeof value === "function")
  .map(([name]) => name);

const pages = new Map(
  ["kinds", "components"].flatMap((folder) =>
    readdirSync(path.join(root, "docs", folder)).map((name) => {
      const file = `docs/${folder}/${name}`;
      return [`${folder} ${/^# (.*)$/m.exec(read(file))?.[1]}`, file];
    }),
  ),
);

const readme = read("README.md");
const examples = readdirSync(path.join(root, "examples"))
  .filter((name) => existsSync(path.join(root, "examples", name, "index.ts")))
  .map((name) => read(`examples/${name}/index.ts`))
  .join("\n");

describe.each(classes)("$name", ({ name, folder }) => {
  it("has a row in the README", () => {
    expect(readme).toMatch(new RegExp(`^\\| \\[?\`${name}\``, "m"));
  });

  it("has a page, with an example", () => {
    const file = pages.get(`${folder} ${name}`);
    expect(file, 'no page; run "npm run generated"').toBeDefined();
    expect(read(file ?? "")).toContain("```ts\n");
  });

  it("is used by an example that runs", () => {
    expect(examples.includes(`new rocketchat.${name}(`), `no examples/*/index.ts makes a ${name}`).toBe(true);
  });
});

describe("functions", () => {
  it.runIf(functions.length > 0)("have a place in the reference and the README", () => {
    const reference = read("docs/functions.md");
    const base = functions.map((name) =>
      functions.includes(name.replace(/Output$/, "")) ? name.replace(/Output$/, "") : name,
    );
    expect(base.filter((name) => !reference.includes(`### ${name}\n`))).toEqual([]);
    expect(base.filter((name) => !readme.includes(`\`${name}`))).toEqual([]);
  });
});

describe("the pages", () => {
  const markdown = [
    "README.md",
    "CONTRIBUTING.md",
    "ARCHITECTURE.md",
    ...readdirSync(path.join(root, "docs"), { recursive: true }).map((file) => `docs/${String(file)}`),
  ].filter((file) => file.endsWith(".md"));

  it("link only to what is there", () => {
    const broken = markdown.flatMap((file) =>
      [...read(file).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)[^)]*\)/g)]
        .map(([, target = ""]) => target)
        .filter((target) => !existsSync(path.join(root, path.dirname(file), target)))
        .map((target) => `${file}: ${target}`),
    );
    expect(broken).toEqual([]);
  });
});
