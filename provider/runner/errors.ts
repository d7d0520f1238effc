/** Errors of the embedded runner, for a person: the message is printed, a stack trace is not. Knows no kind. */
import { inspect } from "node:util";
import { RocketChatError } from "../errors.ts";

/** The run can't go on: the program, the project or a resource is not as it has to be. */
export class RunnerError extends RocketChatError {
  readonly code = "runner";
}

/** The call may have been carried out or not: nobody answered. The operation stays pending, and the next run looks into it. */
export class UnknownOutcomeError extends RunnerError {}

/** Something that Pulumi can do and this runner can't. */
export class UnsupportedError extends RocketChatError {
  readonly code = "unsupported";

  /** `what` begins the sentence: "The package aws", "Importing (`import: …`)". */
  constructor(what: string) {
    super(`${what} is not supported by the embedded runner; use the Pulumi CLI: https://www.pulumi.com/docs/install/`);
  }
}

/** The object was made, or changed, but not wholly: what is known of it is kept and the next update tries again. */
export class PartialError extends Error {
  readonly id: string;
  readonly outputs: Record<string, unknown>;
  readonly reasons: readonly string[];

  constructor(id: string, outputs: Record<string, unknown>, reasons: readonly string[]) {
    super(reasons.join("\n"));
    this.id = id;
    this.outputs = outputs;
    this.reasons = reasons;
  }
}

/** The message of anything thrown. Handlers throw strings and plain objects too, and errors of another realm. */
export function messageOf(error: unknown): string {
  if (typeof error !== "object" || error === null)
    return error === undefined ? "an error without a message" : String(error);
  if ("message" in error && typeof error.message === "string" && error.message !== "") return error.message;
  return error instanceof Error ? error.name : inspect(error);
}

/** It may not be deleted. Nothing was tried, so whatever doesn't hang on it may go on. */
export class ProtectedError extends Error {}

/** Something failed and the listener was told all about it: end, but say nothing more. */
export class ReportedError extends Error {}

/** The run was stopped: whoever waits for an answer must not get one. */
export class StoppedError extends Error {}
