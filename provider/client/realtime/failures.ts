/** Turns what goes wrong on a realtime connection into the closed family of errors. */
import { z } from "zod";
import { type CallError, NetworkError, ValidationError } from "../../errors.ts";
import type { Operation } from "../client.ts";
import { classOfCode, type FailureClass } from "../failures/codes.ts";
import { ERRORS } from "../failures/from-answer.ts";
import { hintFor } from "../failures/hints.ts";
import { Report } from "../failures/report.ts";
import type { Redactor } from "../redactor.ts";
import type { Refused } from "./ddp.ts";

export class Failures {
  readonly #url: string;
  readonly #redactor: Redactor;

  constructor(url: string, redactor: Redactor) {
    this.#url = url;
    this.#redactor = redactor;
  }

  /** The server said no. `what` names the act: `login`, `sendMessage`, `stream-room-messages`. */
  refused(what: string, refused: Refused): CallError {
    const { error, reason, details } = refused;
    const name: FailureClass = error === "401" ? "authentication" : (classOfCode(error) ?? "validation");
    const report = this.#report(what);
    const call = report.details({ errorType: error, serverMessage: reason, details });
    const words =
      error === "401"
        ? "the server does not know this token (any more)"
        : (reason ?? (name === "permission" ? "the account may not do this" : `refused with ${error}`));
    const hint = hintFor(name, report.operation, { code: error, raw: reason, sentence: reason, details });
    return new ERRORS[name](report.say(words, call), call, { hint });
  }

  /** No connection, or not any more. */
  lost(what: string, reason: string, maybeSent: boolean): NetworkError {
    const report = this.#report(what);
    const call = report.details({});
    const { host } = new URL(this.#url);
    return new NetworkError(report.say(`no realtime connection to ${host}: ${reason}`, call), call, {
      maybeSent,
      hint: "REST calls to this server may work all the same: does a proxy in front of it pass WebSockets on /websocket?",
    });
  }

  /** The server took the message without a word and didn't keep it. */
  notKept(room: string): ValidationError {
    const report = this.#report("sendMessage");
    const call = report.details({});
    return new ValidationError(
      report.say(`the server did not take the message for room ${JSON.stringify(room)}`, call),
      call,
      {
        hint: "It gives no reason: the room may be unknown, archived or read-only, or the text longer than Message_MaxAllowedSize.",
      },
    );
  }

  #report(what: string): Report {
    const operation: Operation<unknown> = {
      name: what,
      method: "GET",
      path: "/websocket",
      repeat: "once",
      response: z.unknown(),
    };
    return new Report(operation, this.#url, { attempts: 1, maybeSent: false, token: undefined }, this.#redactor);
  }
}
