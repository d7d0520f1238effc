/** Whose tokens are meant, and a client that speaks as that account. */
import { userInfo } from "../../client/api/users.ts";
import type { Client } from "../../client/client.ts";
import type { Context } from "../../engine/handler.ts";
import { AuthenticationError, NotFoundError } from "../../errors.ts";
import type { PersonalAccessTokenInputs } from "./schema.ts";

type Owner = NonNullable<PersonalAccessTokenInputs["as"]>;

/** Log-ins are limited to ten a minute: all tokens of an owner share one. */
const clients = new WeakMap<Context, Map<string, Client>>();

const keyOf = ({ username, password, totpSecret }: Owner): string => JSON.stringify([username, password, totpSecret]);

function clientFor(ctx: Context, owner: Owner): Client {
  const known = clients.get(ctx) ?? new Map<string, Client>();
  clients.set(ctx, known);
  let client = known.get(keyOf(owner));
  if (client === undefined) {
    const { username, password, totpSecret } = owner;
    client = ctx.client.as(totpSecret === undefined ? { username, password } : { username, password, totpSecret });
    known.set(keyOf(owner), client);
  }
  return client;
}

/** True when the owner was deleted or deactivated; either ends all tokens of the account. */
async function ownerIsGone(ctx: Context, userId: string): Promise<boolean> {
  try {
    return (await userInfo(ctx.client, { userId })).active === false;
  } catch (error) {
    if (error instanceof NotFoundError) return true;
    throw error;
  }
}

/**
 * Runs a call as the owner. Undefined when the owner's account is gone, so that no token of it can be left; `userId` tells
 * an account that was renamed from one that is gone. Another refusal of the log-in says what to do.
 */
export async function asOwner<T>(
  ctx: Context,
  as: PersonalAccessTokenInputs["as"],
  userId: string | undefined,
  act: (client: Client) => Promise<T>,
): Promise<T | undefined> {
  if (as === undefined) return act(ctx.client);
  try {
    return await act(clientFor(ctx, as));
  } catch (error) {
    if (!(error instanceof AuthenticationError)) throw error;
    // The account may be made, or get this password, later in the same run.
    clients.get(ctx)?.delete(keyOf(as));
    if (userId !== undefined && (await ownerIsGone(ctx, userId))) return undefined;
    throw new AuthenticationError(
      `The server does not let user "${as.username}" log in to manage a personal access token of that user.`,
      error.call,
      {
        hint:
          "If the password was changed, give the new one as `as.password` and run `up`; a new `as.password` alone keeps the token. " +
          "A user made in the same program must be active and must not be required to change the password first.",
        cause: error,
      },
    );
  }
}
