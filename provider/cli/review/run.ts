/** `review` from its arguments to its exit code. */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { InputError } from "../../errors.ts";
import type { Plan } from "../../review/change.ts";
import { checksumOf } from "../../review/checksum.ts";
import { compareDocuments, declaredAdmins } from "../../review/documents.ts";
import { type Limits, refusals } from "../../review/guards.ts";
import { type Format, renderers } from "../../review/render/index.ts";
import { type Report, reportOf } from "../../review/report.ts";
import { isHigh } from "../../review/rules/rule.ts";
import { loadDocument } from "../../workspace/load.ts";
import { chooseEngine } from "../engine/choose.ts";
import { enterFolder } from "../engine/folder.ts";
import type { EngineOptions } from "../engine/options.ts";
import { reportErrors } from "../engine/report.ts";
import { refusalsOf } from "./guard.ts";
import { previewWith, reviewable } from "./preview.ts";

export interface ReviewOptions extends EngineOptions, Limits {
  /** Two documents in place of a preview. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** A saved document of `preview --json`. */
  readonly plan?: string | undefined;
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
    const { plan, named, subject, refused } = await sourceOf(options);
    const report = reportOf(
      { ...named, problems: [...named.problems, ...refused] },
      { subject, ...(plan && { checksum: checksumOf(plan) }) },
    );
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
  /** What the guards say against it. */
  readonly refused: readonly string[];
}

async function sourceOf({ cwd: _, plan, from, to, ...options }: ReviewOptions): Promise<Source> {
  if (from !== undefined || to !== undefined) return betweenDocuments({ ...options, from, to, plan });
  if (plan !== undefined) {
    if (options.minAdmins !== undefined) {
      throw new InputError("--min-admins asks the server who is admin; a saved preview (--plan) is read without one.");
    }
    const previewed = reviewable(readPlan(plan));
    const refused = refusals(previewed.named, checksumOf(previewed.plan), options, undefined);
    return { ...previewed, refused, subject: `the preview in ${plan}` };
  }
  const choice = await chooseEngine(options.engine);
  process.stderr.write(`${choice.line}\n`);
  const previewed = await previewWith(choice, options);
  const refused = previewed.plan.problems.length > 0 ? [] : await refusalsOf(previewed, choice, options);
  const subject = options.stack === undefined ? "what up would do" : `what up would do on ${options.stack}`;
  return { ...previewed, refused, subject };
}

function betweenDocuments({ from, to, plan, overlay, ...limits }: Omit<ReviewOptions, "cwd">): Source {
  if (from === undefined || to === undefined || plan !== undefined || limits.file !== undefined) {
    throw new InputError("Two documents are compared with --from and --to together, without --plan and --file.");
  }
  const [before, after] = [loadDocument(from, overlay), loadDocument(to, overlay)];
  const named = compareDocuments(before, after);
  // No server is asked: those that the document declares are all that is known.
  const refused = refusals(named, "", limits, { admins: declaredAdmins(before) });
  return { named, refused, subject: `from ${from} to ${to}` };
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
  return failOn === "high" && findings.some(isHigh) ? RISKS : 0;
}
