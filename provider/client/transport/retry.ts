/**
 * Repeats calls whose answer was lost or broken, as far as the class of the call allows (`Repeat`). Our own rather than
 * undici's, which goes by HTTP method, clips long waits, and cannot tell a create from an idempotent POST.
 */
import { type Clock, sleep } from "../clock.ts";
import type { RetryPolicy } from "../policies.ts";
import type { Answer, Call, Wrapper } from "./call.ts";
import { TransportFailure } from "./failure.ts";

/** A gateway's way of saying that the server behind it is away or slow. */
const GATEWAY_STATUS = new Set([502, 503, 504]);

export interface RetryOptions {
  readonly policy: RetryPolicy;
  readonly clock: Clock;
  /** From 0 to 1. */
  readonly random: () => number;
  readonly onWait: (message: string) => void;
}

export function withRetry({ policy, clock, random, onWait }: RetryOptions): Wrapper {
  return (next) => async (call) => {
    let firstFailureAt: number | undefined;
    for (let attempt = 1; ; attempt++) {
      const outcome = await next(call).catch((error: unknown) => error);
      const reason = reasonToRepeat(call, outcome);
      const waitMs = random() * Math.min(policy.capMs, policy.baseMs * 2 ** (attempt - 1));
      firstFailureAt ??= clock.now();
      const isOver = attempt >= policy.attempts || clock.now() + waitMs - firstFailureAt > policy.totalMs;
      if (reason === undefined || isOver) {
        if (isAnswer(outcome)) return outcome;
        throw outcome;
      }
      onWait(
        `repeating ${call.operation.name} in ${(waitMs / 1000).toFixed(1)} s` +
          ` (attempt ${attempt + 1} of ${policy.attempts}): ${reason}`,
      );
      await sleep(clock, waitMs);
    }
  };
}

const isAnswer = (outcome: unknown): outcome is Answer => !(outcome instanceof Error);

function reasonToRepeat(call: Call, outcome: unknown): string | undefined {
  if (call.operation.repeat === "never") return undefined;
  const isOnce = call.operation.repeat === "once";
  if (isAnswer(outcome)) {
    if (isOnce) return undefined;
    if (GATEWAY_STATUS.has(outcome.status)) return `the server answered with status ${outcome.status}`;
    return outcome.status < 300 && outcome.content.kind === "cut" ? "the answer was cut off" : undefined;
  }
  if (!(outcome instanceof TransportFailure) || !outcome.transient) return undefined;
  return isOnce && outcome.maybeSent ? undefined : `no answer (${outcome.code})`;
}
