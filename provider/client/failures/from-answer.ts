/** Turns an answer that is not a success into the error that a person and the callers can act on. */
import {
  AuthenticationError,
  type CallError,
  ConflictError,
  NotFoundError,
  PermissionError,
  RateLimitError,
  TwoFactorRequiredError,
  ValidationError,
} from "../../errors.ts";
import type { Answer } from "../transport/call.ts";
import { classOfCode, classOfSentence, type FailureClass } from "./codes.ts";
import { hintFor } from "./hints.ts";
import type { Report } from "./report.ts";
import { type ServerWords, wordsOf } from "./server-words.ts";
import { unexpectedAnswer } from "./unexpected.ts";

/** The error of each class. */
export const ERRORS = {
  "not-found": NotFoundError,
  conflict: ConflictError,
  authentication: AuthenticationError,
  permission: PermissionError,
  "two-factor": TwoFactorRequiredError,
  "rate-limit": RateLimitError,
  validation: ValidationError,
} as const satisfies Record<FailureClass, unknown>;

/** 2xx whose body does not say otherwise. */
export function isSuccess({ status, content }: Answer): boolean {
  if (status < 200 || status > 299 || content.kind === "html" || content.kind === "cut") return false;
  const value = content.kind === "json" ? content.value : undefined;
  return (value as { success?: unknown } | null | undefined)?.success !== false;
}

export function fromAnswer(report: Report, answer: Answer): CallError {
  const words = wordsOf(answer.content);
  const name = classOf(report, answer, words);
  if (name === undefined) return unexpectedAnswer(report, answer, words);
  const call = report.details({
    status: answer.status,
    errorType: words.code,
    serverMessage: words.raw,
    details: words.details,
  });
  const hint = hintFor(name, report.operation, words);
  return new ERRORS[name](report.say(sentenceFor(report, answer, name, words), call), call, { hint });
}

/** Undefined: not an answer that Rocket.Chat gives in the course of business. */
function classOf(report: Report, { status, content }: Answer, words: ServerWords): FailureClass | undefined {
  if (content.kind === "html" || content.kind === "cut" || (status >= 300 && status < 400) || status >= 500)
    return undefined;
  const byCode = words.code === undefined ? undefined : classOfCode(words.code);
  if (status === 429) return "rate-limit";
  // 9.0 answers 401 where older servers answer 403 to a missing right.
  if (status === 401) return byCode === "two-factor" || words.code === "error-unauthorized" ? byCode : "authentication";
  // An unmatched route is plain text; a handler that does not find its object answers JSON.
  if (status === 404) return content.kind === "json" ? (byCode ?? "not-found") : undefined;
  if (status === 403) return byCode ?? "permission";
  if (status === 413) return "validation";
  if (status !== 400 && status > 299) return undefined;
  // Reads of what isn't there are refused without a word (settings/:_id, chat.getMessage).
  if (words.code === undefined && words.sentence === undefined) {
    return report.operation.method === "GET" ? "not-found" : "validation";
  }
  const bySentence = words.sentence === undefined ? undefined : classOfSentence(words.sentence);
  return bySentence === "validation" ? bySentence : (byCode ?? bySentence ?? "validation");
}

function sentenceFor(report: Report, { status }: Answer, name: FailureClass, words: ServerWords): string {
  if (report.operation.name === "login" && status === 401 && words.code === undefined) {
    return "the server refused this user name and password";
  }
  if (name === "authentication" && words.code === "error-user-is-not-activated") {
    return "the account is deactivated, or waits for an admin's approval";
  }
  if (name === "two-factor" && words.code === "totp-required") return "the server asks for a second factor";
  if (name === "two-factor") return "the server refused the second factor";
  if (status === 413) return "the body is larger than the server, or a proxy in front of it, accepts";
  if (words.sentence !== undefined) return words.sentence.replace(/[\s.:(]+$/, "");
  if (name === "permission") return "the account may not do this";
  if (words.code !== undefined) return `refused with ${words.code}`;
  return name === "not-found"
    ? "refused without a reason, as the server does for something that isn't there"
    : "the server refused the call and gave no reason";
}
