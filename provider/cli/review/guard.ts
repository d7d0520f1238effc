/** Holds a run to its limits: refuses before anything is written, and again when the plan is another in the moment that counts. */
import { checksumOf } from "../../review/checksum.ts";
import { concernsAccounts, type Limits, refusals } from "../../review/guards.ts";
import type { Previewed } from "../../review/preview.ts";
import { RunnerError } from "../../runner/errors.ts";
import type { EngineChoice } from "../engine/choose.ts";
import type { EngineOptions } from "../engine/options.ts";
import { previewWith, reviewable } from "./preview.ts";
import { factsOf } from "./server.ts";

type Options = EngineOptions & Limits;

/** True when the run is to be held to more than what always holds. */
export const hasLimits = ({ expect, maxRemovals, minAdmins }: Limits): boolean =>
  expect !== undefined || maxRemovals !== undefined || minAdmins !== undefined;

/** Sentences; empty when the plan may be carried out. */
export async function refusalsOf({ plan, named }: Previewed, options: Options): Promise<string[]> {
  const needed = options.minAdmins !== undefined;
  const facts = needed || concernsAccounts(named) ? await factsOf(options, needed) : undefined;
  return refusals(named, checksumOf(plan), options, facts);
}

/** Rejects with all that is wrong; gives the checksum of the plan that was found right. */
export async function checkBefore(choice: EngineChoice, options: Options): Promise<string> {
  const previewed = await previewWith(choice, options);
  const { problems } = previewed.plan;
  if (problems.length > 0) throw new RunnerError(`The preview failed; nothing was changed.\n${problems.join("\n")}`);
  refuse(await refusalsOf(previewed, options));
  return checksumOf(previewed.plan);
}

/** Looks at the preview that a run makes for itself, under its lock. */
export async function checkAgain(document: unknown, options: Options, agreed: string | undefined): Promise<void> {
  const previewed = reviewable(document);
  const checksum = checksumOf(previewed.plan);
  if (agreed !== undefined && checksum !== agreed) refuse(["What would be done has changed since it was checked."]);
  if (agreed === undefined) refuse(await refusalsOf(previewed, options));
}

function refuse(reasons: readonly string[]): void {
  if (reasons.length > 0)
    throw new RunnerError(`Refused; nothing was changed.\n${reasons.map((reason) => `  ${reason}`).join("\n")}`);
}
