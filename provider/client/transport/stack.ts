/** The order of the wrappers, outermost first, in one place. */
import type { OnWait } from "../client.ts";
import type { Clock } from "../clock.ts";
import type { Policy } from "../policies.ts";
import { withAuth } from "./auth.ts";
import type { Send } from "./call.ts";
import { withChallenge } from "./challenge.ts";
import { withRateLimit } from "./rate-limit.ts";
import { withRetry } from "./retry.ts";

export interface StackOptions {
  readonly policy: Policy;
  readonly clock: Clock;
  readonly random: () => number;
  readonly onWait: OnWait;
}

/** errors (see perform.ts) → retry → challenge → rate limit → auth → undici: so every attempt takes its own turn at the limit. */
export function stack(wire: Send, { policy, clock, random, onWait }: StackOptions): Send {
  return [
    withRetry({ policy: policy.retry, clock, random, onWait }),
    withChallenge(),
    withRateLimit({ policy: policy.limit, clock, onWait }),
    withAuth,
  ].reduceRight((next, wrap) => wrap(next), wire);
}
