/** Whose tokens are meant, and clients that speak as that account. */
import type { Client } from "../../client/client.ts";
import type { Context } from "../../engine/handler.ts";
import { AuthenticationError, TwoFactorRequiredError } from "../../errors.ts";
import type { PersonalAccessTokenInputs } from "./schema.ts";

export type Owner = NonNullable<PersonalAccessTokenInputs["as"]>;

/** Log-ins are limited to ten a minute: all tokens of an owner share one. */
const loggedIn = new WeakMap<Context, Map<string, Client>>();

const keyOf = ({ username, password, totpSecret }: Owner): string => JSON.stringify([username, password, totpSecret]);

function clientFor(ctx: Context, owner: Owner): Client {
  const known = loggedIn.get(ctx) ?? new Map<string, Client>();
  loggedIn.set(ctx, known);
  let client = known.get(keyOf(owner));
  if (client === undefined) {
    const { username, password, totpSecret } = owner;
    client = ctx.client.as(totpSecret === undefined ? { username, password } : { username, password, totpSecret });
    known.set(keyOf(owner), client);
  }
  return client;
}

/** Says whose log-in was refused and what to do. Other errors pass unchanged. */
export function explainRefusal(error: unknown, { username }: Owner): never {
  if (!(error instanceof AuthenticationError || error instanceof TwoFactorRequiredError)) throw error;
  const words = `The server does not let user "${username}" in to manage a personal access token of that user (${error.call.operation}).`;
  const hint =
    "If the password was changed, give the new one as `as.password`. The account must be active and must not be required to change its " +
    "password first; one with a verified e-mail address is asked for codes by mail, which only an authenticator app (`as.totpSecret`) replaces.";
  throw error instanceof AuthenticationError
    ? new AuthenticationError(words, error.call, { hint, cause: error })
    : new TwoFactorRequiredError(words, error.call, { hint, cause: error });
}

/** Runs calls as the owner, who logs in when it is not the account of the connection. */
export async function asOwner<T>(ctx: Context, as: Owner | undefined, act: (client: Client) => Promise<T>): Promise<T> {
  if (as === undefined) return act(ctx.client);
  try {
    return await act(clientFor(ctx, as));
  } catch (error) {
    // The account may be made, or get this password, later in the same run.
    if (error instanceof AuthenticationError) loggedIn.get(ctx)?.delete(keyOf(as));
    return explainRefusal(error, as);
  }
}

/** A client that uses the token itself: no log-in, and it works after the owner has chosen another password. */
export function byToken(ctx: Context, { password, totpSecret }: Owner, userId: string, authToken: string): Client {
  ctx.client.hide(authToken);
  return ctx.client.as({ userId, authToken, password, ...(totpSecret !== undefined && { totpSecret }) });
}
