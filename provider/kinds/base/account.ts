/** Finds the person that an argument means, and refuses what would lock the connection's own account out. For all kinds that name one. */
import { type Account, findAccount } from "../../client/api/members.ts";
import type { Client } from "../../client/client.ts";
import type { Context } from "../../engine/handler.ts";
import { isUnknown } from "../../engine/schema.ts";
import { InputError, OwnershipError } from "../../errors.ts";

/** A username without the "@" that people put in front. */
export const plainUsername = (username: string): string =>
  isUnknown(username) ? username : username.trim().replace(/^@/, "");

/** The account with exactly this username; an InputError that names the argument when there is none. */
export async function requireAccount(client: Client, username: string, argument = "username"): Promise<Account> {
  const user = await findAccount(client, { username });
  if (user !== undefined) return user;
  throw new InputError(`${argument}: there is no user "${username}" at ${client.url}.`, {
    hint: "Usernames are case-sensitive. If the program makes this user, use its `username` output, so that it comes first.",
  });
}

/** Throws OwnershipError when `userId` is the account that the calls are made as. */
export async function refuseOwnAccount(ctx: Context, userId: string, what: string, act: string): Promise<void> {
  if ((await ctx.client.self()).userId !== userId) return;
  throw new OwnershipError(
    `${what} is the account that this connection uses at ${ctx.client.url}; it is not ${act}, for that would lock the connection out.`,
    { hint: 'Connect as another account, or keep this one out of the program (`onDestroy: "retain"`).' },
  );
}
