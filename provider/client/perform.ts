/** The outermost wrapper: runs one operation and gives its validated answer, or throws one of the closed family of errors. */
import type { Operation } from "./client.ts";
import { fromAnswer, isSuccess } from "./failures/from-answer.ts";
import { fromFailure, fromLimit } from "./failures/from-failure.ts";
import { Report } from "./failures/report.ts";
import { incompleteAnswer } from "./failures/unexpected.ts";
import type { Redactor } from "./redactor.ts";
import type { Account, Answer, Send, Trace } from "./transport/call.ts";
import { LimitFailure, TransportFailure } from "./transport/failure.ts";

export type Perform = <T>(operation: Operation<T>, account: Account | undefined) => Promise<T>;

export interface PerformOptions {
  readonly send: Send;
  readonly url: string;
  readonly timeoutMs: number;
  readonly redactor: Redactor;
}

export function createPerform({ send, url, timeoutMs, redactor }: PerformOptions): Perform {
  return async (operation, account) => {
    const trace: Trace = { attempts: 0, maybeSent: false, token: undefined };
    const report = new Report(operation, url, trace, redactor);
    let answer: Answer;
    try {
      answer = await send({ operation, account: operation.anonymous ? undefined : account, headers: {}, trace });
    } catch (error) {
      if (error instanceof TransportFailure) throw fromFailure(report, error, timeoutMs);
      if (error instanceof LimitFailure) throw fromLimit(report, error);
      // The error of a log-in on the way is complete already.
      throw error;
    }
    if (!isSuccess(answer)) throw fromAnswer(report, answer);
    const parsed = operation.response.safeParse(answer.content.kind === "json" ? answer.content.value : undefined);
    if (!parsed.success) throw incompleteAnswer(report, answer, parsed.error);
    return parsed.data;
  };
}
