/** login, logout and me. */
import { hashToken } from "../core/ids.ts";
import { bare, type Call, type Route, reply } from "../core/route.ts";
import { logIn, logOut } from "../users/login.ts";
import { selfView } from "../users/views.ts";

function login(call: Call) {
  const { body, state, clock } = call;
  const code = body.code ?? call.headers["x-2fa-code"];
  const { user, token } = logIn(state, clock, { ...body, code: code === undefined ? undefined : String(code) });
  const me = selfView(state, user, call.siteUrl);
  return bare({ status: "success", data: { userId: user._id, authToken: token, me }, success: true });
}

function logout(call: Call) {
  logOut(call.user, hashToken(call.headers["x-auth-token"] ?? ""));
  return reply({ status: 200, text: "" });
}

export const authRoutes: readonly Route[] = [
  { method: "POST", path: "/api/v1/login", auth: false, handler: login },
  { method: "POST", path: "/api/v1/logout", handler: logout },
  { method: "GET", path: "/api/v1/logout", writes: true, handler: logout },
  { method: "GET", path: "/api/v1/me", handler: (call) => selfView(call.state, call.user, call.siteUrl) },
];
