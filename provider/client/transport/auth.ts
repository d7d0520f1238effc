/** Adds the account's credentials to a call. Does not look at answers. */
import type { Wrapper } from "./call.ts";

export const withAuth: Wrapper = (next) => async (call) => {
  if (call.account === undefined) return next(call);
  const token = await call.account.token();
  call.trace.token = token;
  return next({
    ...call,
    headers: { ...call.headers, "x-user-id": token.userId, "x-auth-token": token.authToken },
  });
};
