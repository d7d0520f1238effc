/**
 * The one closed family of errors. Imports nothing, so every layer can throw and recognise them.
 * A message is complete and safe to print: what failed, where, what the server said, what to do. Never a secret's value.
 */

/** What every error that came out of a call to the server knows. */
export interface CallDetails {
  /** The endpoint's name as the API has it: `users.create`. */
  readonly operation: string;
  /** `POST /api/v1/users.create` */
  readonly request: string;
  /** HTTP status, where there was an answer. */
  readonly status?: number | undefined;
  /** The server's own code: `errorType`, else the `[code]` at the end of `error`. */
  readonly errorType?: string | undefined;
  /** The server's own words (`error`), trimmed. */
  readonly serverMessage?: string | undefined;
  /** The server's `details` member as it came. */
  readonly details?: unknown;
  /** How often the call was sent. */
  readonly attempts?: number | undefined;
}

/** Base of all errors meant for a person: the message is printed, a stack trace is not. */
export abstract class RocketChatError extends Error {
  /** Stable, machine-readable. */
  abstract readonly code: string;
  /** One thing a person can do about it. */
  readonly hint: string | undefined;

  constructor(message: string, options: { hint?: string | undefined; cause?: unknown } = {}) {
    super(options.hint ? `${message}\n  ${options.hint}` : message, { cause: options.cause });
    this.name = new.target.name;
    this.hint = options.hint;
  }
}

/** An error of one call. */
export abstract class CallError extends RocketChatError {
  readonly call: CallDetails;

  constructor(message: string, call: CallDetails, options: { hint?: string | undefined; cause?: unknown } = {}) {
    super(message, options);
    this.call = call;
  }
}

/** The object that was asked for is not there (on this server "not found" is mostly HTTP 400). */
export class NotFoundError extends CallError {
  readonly code = "not-found";
}

/** The name, or another unique value, is taken; or the object is not in the state that the call needs. */
export class ConflictError extends CallError {
  readonly code = "conflict";
}

/** Log-in refused, or a token that is not (or no longer) valid. */
export class AuthenticationError extends CallError {
  readonly code = "authentication";
}

/** Logged in, but not allowed to. */
export class PermissionError extends CallError {
  readonly code = "permission";
}

/** The server wants a second factor that this connection cannot give. */
export class TwoFactorRequiredError extends CallError {
  readonly code = "two-factor-required";
}

/** Still limited after the allowed waiting. */
export class RateLimitError extends CallError {
  readonly code = "rate-limit";
}

/** The server refused a value. */
export class ValidationError extends CallError {
  readonly code = "validation";
}

/** No answer: host unknown, connection refused, TLS, time-out, connection cut. */
export class NetworkError extends CallError {
  readonly code = "network";
  /** True when the request may have reached the server, so that a write may have taken effect. */
  readonly maybeSent: boolean;

  constructor(
    message: string,
    call: CallDetails,
    options: { hint?: string | undefined; cause?: unknown; maybeSent: boolean },
  ) {
    super(message, call, options);
    this.maybeSent = options.maybeSent;
  }
}

/** An answer that is not Rocket.Chat's: a proxy's HTML page, cut JSON, a missing member, a 5xx. */
export class UnexpectedResponseError extends CallError {
  readonly code = "unexpected-response";
  /** True when a write may have taken effect all the same (502, cut answer). False where the request surely went nowhere. */
  readonly maybeSent: boolean;

  constructor(
    message: string,
    call: CallDetails,
    options: { hint?: string | undefined; cause?: unknown; maybeSent?: boolean } = {},
  ) {
    super(message, call, options);
    this.maybeSent = options.maybeSent ?? true;
  }
}

/** The connection's settings are missing or contradict each other. Nothing was sent. */
export class ConfigurationError extends RocketChatError {
  readonly code = "configuration";
}

/** Arguments that can't be right. Nothing was sent. */
export class InputError extends RocketChatError {
  readonly code = "input";
}

/** The object is there already and is not this stack's to manage; or an act that would lose it was refused. */
export class OwnershipError extends RocketChatError {
  readonly code = "ownership";
}

/** The object was made, but not everything that was declared of it could be done. */
export class PartialCreateError extends RocketChatError {
  readonly code = "partial-create";
  readonly id: string;

  constructor(message: string, id: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.id = id;
  }
}

/** What came in as an outgoing webhook does not carry the token that was agreed: it is not from that server. */
export class WebhookTokenError extends RocketChatError {
  readonly code = "webhook-token";
}

/** What came in as an outgoing webhook is not of the form that Rocket.Chat sends. */
export class MalformedWebhookError extends RocketChatError {
  readonly code = "malformed-webhook";
}
