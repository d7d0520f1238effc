/** Takes what an outgoing webhook sends: checks who sent it, and types it. Knows no HTTP server. */
import { createHash, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { formatPath } from "../engine/issue.ts";
import { InputError, MalformedWebhookError, WebhookTokenError } from "../errors.ts";
import { eventOf, type OutgoingWebhookEvent, type OutgoingWebhookEventName, readEvent } from "./events.ts";

type Data = Record<string, unknown>;

const isObject = (value: unknown): value is Data =>
  value !== null && typeof value === "object" && !Array.isArray(value);

const EXPECTED = "Rocket.Chat sends a JSON object";

/** The object in a body: JSON, or a form (whose field `payload` may hold the JSON), as text, bytes or parsed already. */
function dataOf(body: unknown): Data {
  const text = body instanceof Uint8Array ? new TextDecoder().decode(body) : body;
  if (isObject(text)) return typeof text.payload === "string" ? dataOf(text.payload) : text;
  if (typeof text !== "string" || text.trim() === "") {
    throw new MalformedWebhookError(`The webhook's body is empty or no text; ${EXPECTED}.`);
  }
  if (/^[^[{"=]+=/.test(text)) return dataOf(Object.fromEntries(new URLSearchParams(text)));
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new MalformedWebhookError(`The webhook's body of ${text.length} characters is not JSON; ${EXPECTED}.`);
  }
  if (isObject(parsed)) return parsed;
  throw new MalformedWebhookError(`The webhook's body is JSON, but no object; ${EXPECTED}.`);
}

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

/** How long it takes tells nothing about the token, its length included. */
const isSame = (given: unknown, token: string): boolean =>
  typeof given === "string" && timingSafeEqual(digest(given), digest(token));

export interface ReceiveOptions<E extends OutgoingWebhookEventName = OutgoingWebhookEventName> {
  /** The webhook's token: output `effectiveToken` of an OutgoingWebhook. */
  readonly token: string;
  /**
   * The event that the webhook is made for. The server does not send it; without it, it is told from what is there, and
   * roomArchived, roomJoined and roomLeft, which look the same, are all "roomChanged". Give each of them an address of its own.
   */
  readonly event?: E;
}

/**
 * The event in the body of a request. Throws WebhookTokenError when it is not from that webhook, MalformedWebhookError when it is not what
 * Rocket.Chat sends. Neither message shows the token or the body.
 *
 * @example In a service
 * ```ts
 * const event = parseOutgoingWebhook(body, { token: hookToken });
 * if (event.event === "sendMessage" && !event.bot) answer(`Hello ${event.userName}`);
 * ```
 */
export function parseOutgoingWebhook<E extends OutgoingWebhookEventName>(
  body: string | Uint8Array | object,
  options: ReceiveOptions<E> & { readonly event: E },
): Extract<OutgoingWebhookEvent, { event: E }>;
export function parseOutgoingWebhook(body: string | Uint8Array | object, options: ReceiveOptions): OutgoingWebhookEvent;
export function parseOutgoingWebhook(
  body: string | Uint8Array | object,
  { token, event }: ReceiveOptions,
): OutgoingWebhookEvent {
  if (typeof token !== "string" || token === "") {
    throw new InputError("parseOutgoingWebhook: token: must not be empty; without it anybody could send.");
  }
  const data = dataOf(body);
  if (!isSame(data.token, token)) {
    throw new WebhookTokenError("The webhook does not carry the agreed token, so it is not from that server.", {
      hint: "Answer 401 or 403. After a change of the token, the service needs the new one, too.",
    });
  }
  const name = event ?? eventOf(data);
  try {
    return readEvent(name, data);
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    const members = [...new Set(error.issues.map(({ path }) => formatPath(path)))].join(", ");
    throw new MalformedWebhookError(
      `The webhook's body is no ${name} event: missing or of the wrong type: ${members}.`,
    );
  }
}
