/** Holds a run to its limits: refuses before anything is written, and again when the plan is another in the moment that counts. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { checksumOf } from "../../review/checksum.ts";
import { concernsAccounts, type Limits, refusals } from "../../review/guards.ts";
import type { Previewed } from "../../review/preview.ts";
import { RunnerError } from "../../runner/errors.ts";
import type { EngineChoice } from "../engine/choose.ts";
import { isAsked } from "../engine/confirm.ts";
import { runEmbedded } from "../engine/embedded.ts";
import type { EngineOptions } from "../engine/options.ts";
import { previewPulumi } from "../engine/pulumi-ask.ts";
import { runPulumi } from "../engine/pulumi-cli.ts";
import { hasLimits } from "./options.ts";
import { previewWith, reviewable } from "./preview.ts";
import { factsOf } from "./server.ts";

type Options = EngineOptions & Limits;

/** Sentences; empty when the plan may be carried out. */
export async function refusalsOf(
  { plan, named }: Previewed,
  choice: EngineChoice,
  options: Options,
): Promise<string[]> {
  const needed = options.minAdmins !== undefined;
  const facts = needed || concernsAccounts(named) ? await factsOf(choice, options, needed) : undefined;
  return refusals(named, checksumOf(plan), options, facts);
}

/** `up` on the embedded runner. `isNew`: the stack is not there yet, and a refusal must not leave it behind. Gives the exit code. */
export async function upEmbedded(choice: EngineChoice, options: Options, isNew: boolean): Promise<number> {
  const first = hasLimits(options) || (isNew && !options.skipPreview && !options.previewOnly);
  const agreed = first ? await checkBefore(choice, options) : undefined;
  return runEmbedded("up", options, {
    required: agreed !== undefined,
    // Under the lock of the run.
    async check(document) {
      const previewed = reviewable(document);
      if (agreed === undefined) refuse(await refusalsOf(previewed, choice, options));
      else if (checksumOf(previewed.plan) !== agreed) refuse(["What would be done has changed since it was checked."]);
    },
  });
}

/** Rejects with all that is wrong; gives the checksum of the plan that was found right. */
async function checkBefore(choice: EngineChoice, options: Options): Promise<string> {
  const previewed = await previewWith(choice, options);
  refuseFailed(previewed);
  refuse(await refusalsOf(previewed, choice, options));
  return checksumOf(previewed.plan);
}

/** `up` on the Pulumi CLI. With limits the CLI is held to the plan that was found right. Gives the exit code. */
export async function upPulumi(choice: EngineChoice, options: Options): Promise<number> {
  const limited = hasLimits(options);
  if (!limited && options.skipPreview) return runPulumi("up", options, choice);
  // The CLI that is held to a plan has no terminal (plan-output.ts): a person who is asked reads its own preview.
  const held = limited && !options.previewOnly && !isAsked(options);
  const folder = held ? mkdtempSync(path.join(tmpdir(), "pulumi-rocketchat-plan-")) : undefined;
  const plan = folder && path.join(folder, "plan.json");
  try {
    const preview = await previewPulumi(options, choice, { plan, quiet: !limited }).catch((error: unknown) => {
      if (limited) throw error;
      // The CLI's own preview, which comes now, fails in the same way and says why.
      return undefined;
    });
    if (preview !== undefined) {
      try {
        const previewed = reviewable(preview.document);
        if (limited) refuseFailed(previewed);
        if (previewed.plan.problems.length === 0) refuse(await refusalsOf(previewed, choice, options));
      } catch (error) {
        await preview.discard();
        throw error;
      }
    }
    return await runPulumi("up", options, choice, plan);
  } finally {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  }
}

function refuseFailed({ plan: { problems } }: Previewed): void {
  if (problems.length > 0) throw new RunnerError(`The preview failed; nothing was changed.\n${problems.join("\n")}`);
}

function refuse(reasons: readonly string[]): void {
  if (reasons.length > 0)
    throw new RunnerError(`Refused; nothing was changed.\n${reasons.map((reason) => `  ${reason}`).join("\n")}`);
}
