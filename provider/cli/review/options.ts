/** The options of guards: what `up` and `review` refuse to do. Runs nothing. */
import { type Command, InvalidArgumentError, Option } from "commander";
import type { Limits, Removals } from "../../review/guards.ts";

export interface ProductionOptions {
  readonly production?: boolean;
  readonly confirm?: string;
}

export interface GuardOptions extends Limits, ProductionOptions {}

/** True when a run is to be held to more than what always holds. */
export const hasLimits = ({ expect, maxRemovals, minAdmins }: Limits): boolean =>
  expect !== undefined || maxRemovals !== undefined || minAdmins !== undefined;

export const limitOptions = (command: Command): Command =>
  command
    .option(
      "--max-removals <count>",
      "refuse to remove more objects and people than this: 5, or 10% of what is managed",
      removals,
    )
    .option("--min-admins <count>", "refuse to leave fewer active admins than this", admins);

/** In which form a report is written, and where. */
export const reportOptions = (command: Command): Command =>
  command
    .addOption(
      new Option("--format <format>", "what is written").choices(["text", "md", "json", "html"]).default("text"),
    )
    .option("--out <file>", "write it there and not to standard output");

export const expectOption = (command: Command): Command =>
  command.option("--expect <checksum>", "refuse to do anything but what the review with this checksum told", checksum);

export const productionOptions = (command: Command): Command =>
  command
    .option("--production", "the server is in production, as `rocketchat:production` says for a stack")
    .option("--confirm <host>", "the host of the server that is meant; a script must name one in production");

function removals(text: string): Removals {
  const [, digits, sign] = /^(\d+)(%?)$/.exec(text) ?? [];
  const count = Number(digits);
  const percent = sign === "%";
  if (digits === undefined || (percent && count > 100)) {
    throw new InvalidArgumentError("It must be a whole number, or a share from 0% to 100%.");
  }
  return { count, percent };
}

function admins(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError("It must be a whole number from 1.");
  return Number(text);
}

function checksum(text: string): string {
  if (!/^[0-9a-f]{16}$/.test(text)) {
    throw new InvalidArgumentError("It must be the 16 hexadecimal digits that a review ends with.");
  }
  return text;
}
