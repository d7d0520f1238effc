/** Release 7.7.1's own limit on changes of an e-mail address: one a minute and account, counted on real time. */
import { type LimitRule, RateLimiter } from "../core/rate-limit.ts";
import type { Call } from "../core/route.ts";
import type { State } from "../core/state.ts";
import type { EmailBudget } from "./update.ts";

const RULE: LimitRule = { calls: 1, ms: 60_000 };

/** One limiter per workspace, which dies with it. */
const limiters = new WeakMap<State, RateLimiter>();

export function changeBudget(call: Call): EmailBudget {
  let limiter = limiters.get(call.state);
  if (!limiter) {
    limiter = new RateLimiter();
    limiters.set(call.state, limiter);
  }
  return (userId) => {
    const now = Date.now();
    const { allowed, reset } = limiter.take(userId, RULE, now);
    return { allowed, wait: Math.max(1, Math.ceil((reset - now) / 1000)) };
  };
}
