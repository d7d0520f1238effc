/** Puts together what every error of a call says: what failed, where, what came back. Hides secrets in all of it. */
import type { CallDetails } from "../../errors.ts";
import type { Operation } from "../client.ts";
import type { Redactor } from "../redactor.ts";
import type { Trace } from "../transport/call.ts";
import { classOfCode } from "./codes.ts";

export class Report {
  readonly operation: Operation<unknown>;
  /** Address of the server. */
  readonly url: string;
  readonly trace: Trace;
  private readonly redactor: Redactor;

  constructor(operation: Operation<unknown>, url: string, trace: Trace, redactor: Redactor) {
    this.operation = operation;
    this.url = url;
    this.trace = trace;
    this.redactor = redactor;
  }

  details(known: Pick<CallDetails, "status" | "errorType" | "serverMessage" | "details">): CallDetails {
    const { name, method, path } = this.operation;
    const { status, errorType, serverMessage, details } = known;
    return {
      operation: name,
      request: this.redactor.redact(`${method} ${path}`),
      status,
      // What is in the table can't be a secret; callers compare it.
      errorType: errorType === undefined || classOfCode(errorType) ? errorType : this.redactor.redact(errorType),
      serverMessage: serverMessage === undefined ? undefined : this.redactor.redact(serverMessage),
      details: this.redactor.redactDeep(details),
      attempts: this.trace.attempts,
    };
  }

  hint(text: string | undefined): string | undefined {
    return text === undefined ? undefined : this.redactor.redact(text);
  }

  /** `users.create: the words (POST /api/v1/users.create, HTTP 400, error-field-unavailable)` */
  say(words: string, { operation, request, status, errorType, attempts }: CallDetails): string {
    const facts = [
      request,
      status === undefined ? undefined : `HTTP ${status}`,
      errorType,
      attempts !== undefined && attempts > 1 ? `${attempts} attempts` : undefined,
    ].filter((fact) => fact !== undefined);
    return `${operation}: ${this.redactor.redact(words)} (${facts.join(", ")})`;
  }

  /** The cause without what a stack or a library's own members could give away. */
  cause(error: unknown): Error | undefined {
    if (error === undefined) return undefined;
    const { name, message, code } = error as { name?: string; message?: string; code?: unknown };
    const cause = new Error(this.redactor.redact(message ?? String(error)));
    cause.stack = `${name ?? "Error"}: ${cause.message}`;
    return typeof code === "string" ? Object.assign(cause, { code }) : cause;
  }
}
