/** `review` from its arguments to its exit code. */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { InputError } from "../../errors.ts";
import type { Plan } from "../../review/change.ts";
import { checksumOf } from "../../review/checksum.ts";
import { type Format, renderers } from "../../review/render/index.ts";
import { type Report, reportOf } from "../../review/report.ts";
import { chooseEngine } from "../engine/choose.ts";
import { enterFolder } from "../engine/folder.ts";
import type { EngineOptions } from "../engine/options.ts";
import { reportErrors } from "../engine/report.ts";
import { previewWith, reviewable } from "./preview.ts";

export interface ReviewOptions extends EngineOptions {
  /** A saved document of `preview --json`. */
  readonly plan?: string;
  readonly format?: Format;
  readonly out?: string;
  readonly failOn?: "high" | "any";
}

/** Nothing failed: there are risks, and `--fail-on` asked for this. */
const RISKS = 3;

export function runReview(options: ReviewOptions): Promise<void> {
  return reportErrors(async () => {
    enterFolder(options.cwd);
    const { format = "text", out } = options;
    const { plan, named, subject } = await sourceOf(options);
    const report = reportOf(named, { subject, ...(plan && { checksum: checksumOf(plan) }) });
    const text = renderers[format](report);
    if (out === undefined) process.stdout.write(text);
    else writeFileSync(path.resolve(out), text);
    process.exitCode = exitCodeOf(report, options);
  });
}

interface Source {
  /** Of what a run could be held to; undefined where there is no run. */
  readonly plan?: Plan;
  readonly named: Plan;
  readonly subject: string;
}

async function sourceOf({ cwd: _, plan, ...options }: ReviewOptions): Promise<Source> {
  if (plan !== undefined) return { ...reviewable(readPlan(plan)), subject: `the preview in ${plan}` };
  const choice = await chooseEngine(options.engine);
  process.stderr.write(`${choice.line}\n`);
  const previewed = await previewWith(choice, options);
  return {
    ...previewed,
    subject: options.stack === undefined ? "what up would do" : `what up would do on ${options.stack}`,
  };
}

function readPlan(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new InputError(`${file} is no JSON, or can't be read.`, {
      hint: "Write it with `pulumi-rocketchat preview --json` or `pulumi preview --json`.",
      cause: error,
    });
  }
}

function exitCodeOf({ findings, problems }: Report, { failOn }: ReviewOptions): number {
  if (problems.length > 0) return 1;
  if (failOn === "any" && findings.length > 0) return RISKS;
  return failOn === "high" && findings.some(({ risk }) => risk === "high") ? RISKS : 0;
}
