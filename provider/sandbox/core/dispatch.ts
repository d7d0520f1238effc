/** Takes a parsed request through the checks, in the order of the release, to the route's handler. No sockets. */
import { settingNumber, settingOn } from "../settings/read.ts";
import type { Clock } from "./clock.ts";
import type { Events } from "./events.ts";
import { failure, forbidden, meteorError, notFound, notLoggedIn, Refusal, type Reply } from "./failure.ts";
import { hashToken } from "./ids.ts";
import { hasAnyPermission, hasPermission } from "./permissions.ts";
import { type LimitRule, limitHeaders, limitText, type RateLimiter } from "./rate-limit.ts";
import { type Call, type Request, type Route, resolve, WholeReply } from "./route.ts";
import type { LoginToken, State, UserDoc } from "./state.ts";
import { demandSecondFactor } from "./two-factor.ts";
import { validate } from "./validate.ts";

/** What a request meets. */
export interface World {
  readonly state: State;
  readonly clock: Clock;
  readonly events: Events;
  readonly limiter: RateLimiter;
  readonly siteUrl: string;
  /** Overrides the settings' rule, for tests. */
  readonly limitRule?: LimitRule | undefined;
}

export class RouteTable {
  readonly #exact = new Map<string, Route[]>();
  readonly #patterns: { pattern: RegExp; route: Route }[] = [];

  constructor(routes: readonly Route[]) {
    for (const route of routes) {
      if (route.path.includes("/:")) {
        const source = route.path.replace(/[.]/g, "\\.").replace(/:(\w+)/g, "(?<$1>[^/]+)");
        this.#patterns.push({ pattern: new RegExp(`^${source}$`), route });
      } else {
        const key = `${route.method} ${route.path}`;
        this.#exact.set(key, [...(this.#exact.get(key) ?? []), route]);
      }
    }
  }

  find(request: Request, version: State["version"]): { route: Route; params: Record<string, string> } | undefined {
    const fits = (route: Route) => route.only === undefined || route.only === version;
    const exact = this.#exact.get(`${request.method} ${request.path}`)?.find(fits);
    if (exact) return { route: exact, params: {} };
    for (const { pattern, route } of this.#patterns) {
      if (route.method !== request.method || !fits(route)) continue;
      const match = pattern.exec(request.path);
      if (!match) continue;
      const params = Object.entries(match.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]);
      return { route, params: Object.fromEntries(params) };
    }
    return undefined;
  }
}

function credentials(state: State, request: Request): { user: UserDoc; token: LoginToken } | undefined {
  const userId = request.headers["x-user-id"];
  const given = request.headers["x-auth-token"];
  const user = userId ? state.users[userId] : undefined;
  if (!user || !given) return undefined;
  const hash = hashToken(given);
  const token = user.services.loginTokens.find((known) => known.hashedToken === hash);
  return token && { user, token };
}

function checkAuth(route: Route, call: Call): void {
  const found = credentials(call.state, call);
  if (found) Object.assign(call, found);
  else if ((route.auth ?? true) === true) throw notLoggedIn();
}

function checkPermissions(route: Route, call: Call): void {
  const { permissions } = route;
  if (!permissions) return;
  const ok =
    "any" in permissions
      ? hasAnyPermission(call.state, call.user, permissions.any)
      : permissions.every((permission) => hasPermission(call.state, call.user, permission));
  if (!ok) throw forbidden();
}

/** Typed routes of 8.x tell the code apart from the text; older ones put it into the text. */
function checkInput(route: Route, call: Call): void {
  const typed = call.is8 && !route.legacy;
  const refuse = (message: string, code: string) => {
    if (route.invalid) return route.invalid(message, call);
    return typed ? failure(message, code) : meteorError("invalid-params", message);
  };
  const querySchema = resolve(route.query, call.version);
  const badQuery = querySchema && validate(querySchema, call.query, true);
  if (badQuery) throw refuse(badQuery, "error-invalid-params");
  const bodySchema = resolve(route.body, call.version);
  const badBody = bodySchema && validate(bodySchema, call.body, false);
  if (badBody) throw refuse(badBody, "invalid-params");
}

/** Adds the limiter's headers to `headers`, which also go with a later refusal. */
function checkRate(route: Route, call: Call, world: World, headers: Record<string, string>): void {
  const { state } = call;
  if (route.rateLimit === false || !settingOn(state, "API_Enable_Rate_Limiter")) return;
  const now = Date.now();
  if (hasPermission(state, call.user, "api-bypass-rate-limit")) return;
  const rule = route.rateLimit ??
    world.limitRule ?? {
      calls: settingNumber(state, "API_Enable_Rate_Limiter_Limit_Calls_Default"),
      ms: settingNumber(state, "API_Enable_Rate_Limiter_Limit_Time_Default"),
    };
  const taken = world.limiter.take(`${call.address} ${route.method} ${route.path}`, rule, now);
  Object.assign(headers, limitHeaders(taken));
  if (!taken.allowed) throw new Refusal({ status: 429, json: { success: false, error: limitText(taken, now) } });
}

function answer(route: Route, call: Call): Reply {
  const result = route.handler(call);
  return result instanceof WholeReply ? result.reply : { status: 200, json: { ...result, success: true } };
}

/** @returns the answer; `route` is undefined where none matches. */
export function dispatch(table: RouteTable, request: Request, world: World): { reply: Reply; route?: Route } {
  const found = table.find(request, world.state.version);
  if (!found) return { reply: notFound().reply };
  const { route, params } = found;
  const { state, clock, events, siteUrl } = world;
  const is8 = state.version === "8.6.1";
  // user and token are set by checkAuth before any handler that needs them runs
  const call = { ...request, state, clock, events, siteUrl, version: state.version, is8, params } as Call;
  const headers: Record<string, string> = {};
  try {
    if (route.auth !== false) checkAuth(route, call);
    if (is8) {
      checkPermissions(route, call);
      if (!route.legacy) checkInput(route, call);
      checkRate(route, call, world, headers);
      if (route.legacy) checkInput(route, call);
    } else {
      checkRate(route, call, world, headers);
      checkInput(route, call);
      checkPermissions(route, call);
    }
    if (route.twoFactor) demandSecondFactor(call, route.twoFactor !== "always");
    const reply = answer(route, call);
    return { route, reply: { ...reply, headers: { ...headers, ...reply.headers } } };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { route, reply: { ...error.reply, headers: { ...headers, ...error.reply.headers } } };
  }
}
