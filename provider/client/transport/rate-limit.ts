/**
 * Keeps to the server's rate limit: 10 calls a minute per address, method and route by default. Accounts that are exempt
 * (permission api-bypass-rate-limit) get no rate limit headers; they are recognised by that and never held.
 */
import type { OnWait } from "../client.ts";
import type { Clock } from "../clock.ts";
import type { LimitPolicy } from "../policies.ts";
import { type Answer, type Call, routeOf, type Send, type Wrapper } from "./call.ts";
import { TransportFailure } from "./failure.ts";
import { statedWaitMs, windowOf } from "./limit-headers.ts";
import { RouteGate } from "./route-gate.ts";
import { ServerClock } from "./server-clock.ts";

export interface LimitOptions {
  readonly policy: LimitPolicy;
  readonly clock: Clock;
  readonly onWait: OnWait;
}

/** A header that differs more than this from what the same answer states relative to now is not to be trusted. */
const TRUST_MS = 2_000;

export function withRateLimit({ policy, clock, onWait }: LimitOptions): Wrapper {
  const gates = new Map<string, RouteGate>();
  const exempt = new Set<string>();
  const serverClock = new ServerClock();

  const gateOf = (call: Call): RouteGate => {
    const route = routeOf(call);
    let gate = gates.get(route);
    if (gate === undefined) {
      const isAnonymous = call.account === undefined;
      gate = new RouteGate({
        policy,
        clock,
        onHold: (waitMs, { limit }) => {
          const reason = `the server's rate limit on ${route}`;
          onWait(say(reason, waitMs, limit, isAnonymous), { reason, ms: waitMs });
        },
      });
      gates.set(route, gate);
    }
    return gate;
  };

  /** Local time until which a 429 closes its route. */
  const closedUntil = (answer: Answer): number => {
    const now = clock.now();
    const stated = statedWaitMs(answer);
    const window = windowOf(answer);
    const byHeader = window === undefined ? undefined : serverClock.toLocal(window.resetAt) - now;
    const isTrusted = byHeader !== undefined && Math.abs(byHeader - (stated ?? byHeader)) <= TRUST_MS;
    const waitMs = isTrusted ? byHeader : (stated ?? policy.blindHoldMs);
    return now + Math.max(waitMs + policy.marginMs, policy.minHoldMs);
  };

  /** Takes the answer in; true when the call must be sent again. */
  const judge = (gate: RouteGate, who: string, answer: Answer): boolean => {
    serverClock.observe(answer.headers.date, answer.receivedAt);
    if (answer.status === 429) {
      exempt.delete(who);
      gate.limit = windowOf(answer)?.limit ?? gate.limit;
      gate.hold(closedUntil(answer));
      return true;
    }
    gate.progressed();
    const window = windowOf(answer);
    if (window !== undefined) {
      if (window.remaining !== Infinity) exempt.delete(who);
      gate.learn({ ...window, resetAt: serverClock.toLocal(window.resetAt) });
      return false;
    }
    // Refusals (bad body, 401, 404) come without the headers for everybody: only a success tells.
    if (answer.status < 300 && !exempt.has(who)) {
      exempt.add(who);
      for (const other of gates.values()) other.release(who);
    }
    return false;
  };

  const send = async (next: Send, call: Call, gate: RouteGate, who: string): Promise<Answer | "again"> => {
    let answer: Answer;
    try {
      answer = await next(call);
    } catch (error) {
      if (error instanceof TransportFailure && error.maybeSent) gate.lost();
      throw error;
    }
    return judge(gate, who, answer) ? "again" : answer;
  };

  return (next) => async (call) => {
    const gate = gateOf(call);
    const who = identity(call);
    const since = clock.now();
    for (let isRepeat = false; ; isRepeat = true) {
      const isFree = exempt.has(who);
      if (!isFree) await gate.enter(who, since, isRepeat);
      try {
        const outcome = await send(next, call, gate, who);
        if (outcome !== "again") return outcome;
      } finally {
        if (!isFree) gate.exit();
      }
    }
  };
}

/** Exemption belongs to the account where there is one and the API is versioned, else to the route alone. */
const identity = (call: Call): string =>
  call.account !== undefined && call.operation.path.startsWith("/api/v1/") ? call.account.key : `any ${routeOf(call)}`;

function say(reason: string, waitMs: number, limit: number | undefined, isAnonymous: boolean): string {
  // The window's length is never told; a minute unless the workspace changed it.
  const rate = limit === undefined ? "" : `${limit} calls per minute`;
  // Nobody is exempt before logging in.
  const advice = isAnonymous ? "" : "give the account the permission api-bypass-rate-limit to avoid this";
  const remark = [rate, advice].filter(Boolean).join("; ");
  return `waiting ${Math.ceil(waitMs / 1000)} s for ${reason}${remark && ` (${remark})`}`;
}
