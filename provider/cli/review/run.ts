/** `review` from its arguments to its exit code. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { InputError } from "../../errors.ts";
import type { Plan } from "../../review/change.ts";
import { checksumOf } from "../../review/checksum.ts";
import { compareDocuments, declaredAdmins } from "../../review/documents.ts";
import { type Limits, refusals } from "../../review/guards.ts";
import { stackOfPreview } from "../../review/preview.ts";
import { type Format, renderers } from "../../review/render/index.ts";
import { type Report, reportOf } from "../../review/report.ts";
import { isHigh } from "../../review/rules/rule.ts";
import { loadDocument } from "../../workspace/load.ts";
import { chooseEngine } from "../engine/choose.ts";
import { enterFolder } from "../engine/folder.ts";
import type { EngineOptions } from "../engine/options.ts";
import { reportErrors } from "../engine/report.ts";
import { refusalsOf } from "./guard.ts";
import { knownOf } from "./known.ts";
import { readPlan } from "./plan.ts";
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
    else save(out, text);
    process.exitCode = exitCodeOf(report, options);
  });
}

function save(out: string, text: string): void {
  const target = path.resolve(out);
  try {
    writeFileSync(target, text);
  } catch (error) {
    throw new InputError(`--out: ${target} can't be written: ${(error as Error).message}`, { cause: error });
  }
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
    const late = options.refresh ? "--refresh" : options.overlay ? "--overlay" : undefined;
    if (late !== undefined) {
      throw new InputError(`${late} comes too late for a saved preview (--plan).`, {
        hint: "Give it to the `preview` that writes it.",
      });
    }
    const document = readPlan(plan);
    const at = stackOfPreview(document);
    if (at && options.stack !== undefined && options.stack.split("/").at(-1) !== at.stack) {
      throw new InputError(`${plan} is a preview of the stack ${at.stack}, not of ${options.stack} (--stack).`);
    }
    const previewed = reviewable(document, at && (await knownOf(at, options.file)), plan);
    const refused = refusals(previewed.named, checksumOf(previewed.plan), options, undefined);
    const stack = at === undefined ? "" : `, stack ${at.stack} of ${at.project}`;
    return { ...previewed, refused, subject: `the preview in ${plan}${stack}` };
  }
  const choice = await chooseEngine(options.engine);
  process.stderr.write(`${choice.line}\n`);
  const previewed = await previewWith(choice, options);
  const refused = previewed.plan.problems.length > 0 ? [] : await refusalsOf(previewed, choice, options);
  const subject = options.stack === undefined ? "what up would do" : `what up would do on ${options.stack}`;
  return { ...previewed, refused, subject };
}

function betweenDocuments({ from, to, plan, overlay, ...limits }: Omit<ReviewOptions, "cwd">): Source {
  if (plan !== undefined || limits.file !== undefined) {
    throw new InputError(
      `${plan === undefined ? "--file" : "--plan"} and ${from === undefined ? "--to" : "--from"} are two ways to a review: give one of them.`,
      { hint: "Two documents are compared with --from and --to; a saved preview is read with --plan." },
    );
  }
  if (from === undefined || to === undefined) {
    const [given, other] = from === undefined ? ["--to", "--from"] : ["--from", "--to"];
    throw new InputError(`${given} needs ${other}: the document that it is compared with.`);
  }
  const [before, after] = [loadDocument(from, overlay), loadDocument(to, overlay)];
  const named = compareDocuments(before, after);
  // No server is asked: those that the document declares are all that is known.
  const refused = refusals(named, "", limits, { admins: declaredAdmins(before) });
  return { named, refused, subject: `from ${from} to ${to}` };
}

function exitCodeOf({ findings, problems }: Report, { failOn }: ReviewOptions): number {
  if (problems.length > 0) return 1;
  if (failOn === "any" && findings.length > 0) return RISKS;
  return failOn === "high" && findings.some(isHigh) ? RISKS : 0;
}
