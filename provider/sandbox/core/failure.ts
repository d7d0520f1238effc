/** What a route throws instead of answering: the server's ways to say no. Knows no route. */

/** An answer: JSON, or text with a content type of its own. */
export interface Reply {
  status: number;
  json?: unknown;
  text?: string;
  contentType?: string;
  headers?: Record<string, string>;
}

/** Thrown to answer at once. */
export class Refusal extends Error {
  readonly reply: Reply;

  constructor(reply: Reply) {
    super(`answered ${reply.status}`);
    this.reply = reply;
  }
}

/** `reply` as it is, without `success`. */
export const refuse = (reply: Reply): Refusal => new Refusal(reply);

/** A plain failure, 400: `{success:false, error, errorType?, details?}`. Without arguments the bare `{success:false}`. */
export function failure(error?: string, errorType?: string | number, details?: unknown): Refusal {
  return new Refusal({
    status: 400,
    json: {
      success: false,
      ...(error !== undefined && { error }),
      ...(errorType !== undefined && { errorType }),
      ...(details !== undefined && { details }),
    },
  });
}

/** A thrown Meteor error: `error` is `reason [code]`, `errorType` the code. The code `error-unauthorized` answers 403. */
export function meteorError(code: string | number, reason?: string, details?: unknown): Refusal {
  const error = reason ? `${reason} [${code}]` : `[${code}]`;
  if (code === "error-unauthorized" || code === "unauthorized") {
    return new Refusal({ status: 403, json: { success: false, error } });
  }
  return failure(error, code, details);
}

/** The handler's own "forbidden", 403. */
export const unauthorized = (): Refusal =>
  new Refusal({ status: 403, json: { success: false, error: "unauthorized" } });

/** A permission of the route is missing, 403. */
export const forbidden = (): Refusal =>
  new Refusal({
    status: 403,
    json: {
      success: false,
      error: "User does not have the permissions required for this action [error-unauthorized]",
    },
  });

/** No or wrong credentials, 401. */
export const notLoggedIn = (): Refusal => {
  const error = "You must be logged in to do this.";
  return new Refusal({ status: 401, json: { success: false, error, status: "error", message: error } });
};

export const notFound = (): Refusal =>
  new Refusal({ status: 404, text: "404 Not Found", contentType: "text/plain; charset=UTF-8" });
