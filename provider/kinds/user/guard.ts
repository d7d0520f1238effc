/** Puts the server's refusals about users into clear words. */
import { CallError, ConflictError, ValidationError } from "../../errors.ts";

const names = (value: unknown): string => (Array.isArray(value) && value.length > 0 ? value.join(", ") : "none");

/** Words for "user-last-owner": which rooms, and what to do. Other errors pass unchanged. */
export function explainLastOwner(error: unknown, what: string, act: string): never {
  if (!(error instanceof CallError) || error.call.errorType !== "user-last-owner") throw error;
  const { shouldBeRemoved, shouldChangeOwner } = (error.call.details ?? {}) as Record<string, unknown>;
  throw new ConflictError(
    `${what} can't be ${act}: it is the last owner of rooms. ` +
      `Rooms that would get another owner: ${names(shouldChangeOwner)}. Private rooms that would be deleted: ${names(shouldBeRemoved)}.`,
    error.call,
    {
      hint: "Give those rooms another owner first, or accept this with `confirmRelinquish: true` on the user.",
      cause: error,
    },
  );
}

/** Words for a name or address that is taken, or that the server does not allow. Other errors pass unchanged. */
export function explainTaken(error: unknown, inputs: { username: string; email: string }, what: string): never {
  if (!(error instanceof CallError)) throw error;
  const { errorType, details } = error.call;
  const taken = (details as { field?: unknown } | undefined)?.field;
  if (errorType === "error-field-unavailable" && taken === inputs.email && inputs.email !== inputs.username) {
    throw new ConflictError(
      `${what}: the e-mail address ${inputs.email} belongs to another user of the workspace already.`,
      error.call,
      {
        hint: "Addresses are unique, deactivated users included. Choose another `email`, or free it on the other account.",
        cause: error,
      },
    );
  }
  if (errorType === "error-could-not-save-identity" || errorType === "error-field-unavailable") {
    throw new ConflictError(`${what}: the username "${inputs.username}" is taken already.`, error.call, {
      hint: "Usernames are unique regardless of case, also against names of teams.",
      cause: error,
    });
  }
  // The code that a username gets which differs from an existing one only in case (7.7, 8.6).
  if (String(errorType) === "403") {
    throw new ConflictError(
      `${what}: the server refuses the username "${inputs.username}"; most likely it exists already in other upper and lower case.`,
      error.call,
      { hint: "Write the username exactly as the existing account has it, or choose another.", cause: error },
    );
  }
  if (error.call.serverMessage?.includes("invalid role id")) {
    throw new ValidationError(`${what}: \`roles\` holds an id that the server does not know.`, error.call, {
      hint: "Roles are given by id (`roles.list` shows them), not by display name; ids of own roles are random.",
      cause: error,
    });
  }
  throw error;
}
