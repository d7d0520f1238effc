/** Words for answers that Rocket.Chat does not give: proxies, wrong addresses, cut or crashed answers. */
import type { z } from "zod";
import { UnexpectedResponseError } from "../../errors.ts";
import type { Answer } from "../transport/call.ts";
import type { Report } from "./report.ts";
import type { ServerWords } from "./server-words.ts";

/** There on every server: where these are missing, it is not Rocket.Chat that answers. */
const EVERYWHERE = new Set(["/api/info", "/api/v1/login", "/api/v1/me", "/api/v1/settings.public"]);

export function unexpectedAnswer(report: Report, answer: Answer, words: ServerWords): UnexpectedResponseError {
  const { status, content } = answer;
  const call = report.details({ status, errorType: words.code, serverMessage: words.raw, details: words.details });
  const fail = (text: string, options: { hint?: string; maybeSent?: boolean } = {}) =>
    new UnexpectedResponseError(report.say(text, call), call, { ...options, hint: report.hint(options.hint) });

  if (status >= 300 && status < 400) {
    const target = originOf(answer.headers.location, report.url);
    return fail(target === undefined ? "the server redirects" : `the server redirects to ${target}`, {
      hint:
        target === undefined
          ? "Check rocketchat:url."
          : `Set rocketchat:url to the address it leads to, such as ${target}`,
      maybeSent: false,
    });
  }
  if (status === 404) {
    return EVERYWHERE.has(report.operation.path)
      ? fail(`no Rocket.Chat API at ${report.url}; the URL must be the workspace's root`, {
          hint: "Set rocketchat:url to the address under which people open the workspace.",
          maybeSent: false,
        })
      : fail("the server has no such endpoint", {
          hint: "Its Rocket.Chat is too old or too new for this call; the documentation of the resource names the versions.",
          maybeSent: false,
        });
  }
  if (content.kind === "html") {
    return fail(
      `${report.url} answered with an HTML page (status ${status}): is the URL right, is a proxy in between?`,
    );
  }
  if (content.kind === "cut") return fail("the answer was cut off: it is not complete JSON");
  const said = words.sentence ?? words.code;
  const verb = status < 500 ? "answered" : "failed";
  return fail(`the server ${verb} with status ${status}${said === undefined ? "" : `: ${said}`}`, {
    hint: "The server's log tells more; where it is restarting, run the command again.",
  });
}

/** A success that lacks what is read of it. */
export function incompleteAnswer(report: Report, answer: Answer, error: z.ZodError): UnexpectedResponseError {
  const call = report.details({ status: answer.status });
  if (answer.content.kind === "empty" || answer.content.kind === "text") {
    return new UnexpectedResponseError(report.say("the answer holds no JSON", call), call);
  }
  const shown = error.issues.slice(0, 3).map(({ path, message }) => `${path.join(".") || "the answer"}: ${message}`);
  const more = error.issues.length > shown.length ? [`and ${error.issues.length - shown.length} more`] : [];
  const text = `the answer lacks what is needed of it: ${[...shown, ...more].join("; ")}`;
  return new UnexpectedResponseError(report.say(text, call), call, {
    hint: "Is the server's version supported? Please report this with the version.",
  });
}

/** Origin and nothing else: what a proxy adds behind it may hold session keys. */
function originOf(location: string | undefined, base: string): string | undefined {
  return location !== undefined && URL.canParse(location, base) ? new URL(location, base).origin : undefined;
}
