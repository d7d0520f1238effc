/** Turns the server's refusals about roles into messages that say what to do. */
import { hasCode } from "../../client/api/codes.ts";
import { type ApiRole, listHolders } from "../../client/api/roles.ts";
import type { Context } from "../../engine/handler.ts";
import { type CallError, OwnershipError, PermissionError, UnexpectedResponseError } from "../../errors.ts";

/** Answers of a server without the licence: refused by the call itself (6.x, 7.x), by the check before it, or no such call. */
const lacksLicence = (error: unknown): error is CallError =>
  (error instanceof PermissionError && /enterprise feature|licen[cs]e/i.test(error.call.serverMessage ?? "")) ||
  (error instanceof UnexpectedResponseError && error.call.status === 404);

export async function explainLicence<T>(what: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!lacksLicence(error)) throw error;
    throw new PermissionError(
      `${what}: this workspace has no licence for custom roles (module "custom-roles"), so the server refuses it (${error.call.request}).`,
      error.call,
      {
        hint:
          "Use one of the built-in roles (admin, user, bot, app, guest, moderator, owner, leader …) with Permission and RoleMember, " +
          "or get a licence. A built-in role is declared with `adopt: true`.",
        cause: error,
      },
    );
  }
}

const MOST_NAMES = 5;

export async function explainInUse(ctx: Context, role: ApiRole, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!hasCode(error, "error-role-in-use")) throw error;
    const { rows, total } = await listHolders(ctx.client, role._id, undefined, 0, MOST_NAMES);
    const more = total > rows.length ? ` and ${total - rows.length} more` : "";
    const who =
      rows.length > 0
        ? ` by ${rows.map(({ username }) => `"${username}"`).join(", ")}${more}`
        : " by somebody in a room";
    throw new OwnershipError(`role "${role.name}" is still held${who}, and the server deletes no role in use.`, {
      hint: 'Take it from them first (RoleMember, the `roles` of User), or say `onDestroy: "retain"`.',
      cause: error,
    });
  }
}
