#!/usr/bin/env node
// Checks CI files by their forges' own rules: a workflow by GitHub's parser of workflows, `.gitlab-ci.yml` by GitLab's schema of pipelines.
// Says what is wrong with each, and fails when anything is. usage: node tools/recipes.mjs [file …]; default: those of examples/ci
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { registerHooks } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";

const repository = path.join(import.meta.dirname, "..");

// The parser imports its grammar as bundlers allow it, without saying that it is JSON.
registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context);
    return specifier.endsWith(".json") ? { ...found, importAttributes: { type: "json" } } : found;
  },
});

async function checkWorkflow(file) {
  const { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } = await import("@actions/workflow-parser");
  const { context, value } = parseWorkflow(
    { name: path.basename(file), content: readFileSync(file, "utf8") },
    new NoOperationTraceWriter(),
  );
  const found = context.errors.getErrors().map(({ message }) => message);
  if (found.length > 0 || value === undefined) return found.length > 0 ? found : ["no workflow"];
  const { errors = [] } = await convertWorkflowTemplate(context, value);
  return errors.map(({ Message }) => Message);
}

/** The checker leaves notes beside what it reads: it gets a folder of its own. */
function checkPipeline(file) {
  const folder = mkdtempSync(path.join(tmpdir(), "pipeline-"));
  try {
    copyFileSync(file, path.join(folder, ".gitlab-ci.yml"));
    const checker = path.join(repository, "node_modules", "gitlab-ci-local", "dist", "index.js");
    const { status, stderr } = spawnSync(process.execPath, [checker, "--list-all"], {
      cwd: folder,
      encoding: "utf8",
    });
    if (status === 0 && stderr.includes("json schema validated")) return [];
    // What it says of a folder without git, and where in its code it was, is of no use to anybody.
    const [said = ""] = (stderr.split(/^fatal: .*$/m).at(-1) ?? "").trim().split(/\n+(?: +at |For further)/);
    return [said.replace(/^Invalid .*\n/, "").replaceAll(/^\s*• /gm, "")];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const recipes = path.join(repository, "examples", "ci");
const given = process.argv.slice(2);
const files =
  given.length > 0 ? given : [path.join(recipes, "github/workspace.yml"), path.join(recipes, "gitlab/.gitlab-ci.yml")];
for (const file of files) {
  const found = file.endsWith(".gitlab-ci.yml") ? checkPipeline(file) : await checkWorkflow(file);
  for (const message of found) console.error(`${path.relative(process.cwd(), file)}: ${message}`);
  if (found.length > 0) process.exitCode = 1;
  else console.log(`${path.relative(process.cwd(), file)}: right`);
}
