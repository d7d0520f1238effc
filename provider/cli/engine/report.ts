/** From an error to what a person reads and the exit code. The codes are the Pulumi CLI's. */
import { RocketChatError } from "../../errors.ts";

const exitCodes: Readonly<Record<string, number>> = { "no-stack": 6, unconfirmed: 2 };

/** Nobody said yes and nobody can be asked. */
export class UnconfirmedError extends RocketChatError {
  readonly code = "unconfirmed";
}

/** Runs a command; an error meant for a person is printed without a stack trace. */
export async function reportErrors(act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof RocketChatError)) throw error;
    process.stderr.write(`error: ${error.message}\n`);
    process.exitCode = exitCodes[error.code] ?? 1;
  }
}
