/** Posts a message to an incoming webhook. Its address is a secret: it stands in no error. */
import { z } from "zod";
import { systemClock } from "../client/clock.ts";
import { createPerform } from "../client/perform.ts";
import { Redactor } from "../client/redactor.ts";
import { isLoopback } from "../client/server-url.ts";
import { createWire } from "../client/transport/undici.ts";
import { CallError, InputError } from "../errors.ts";
import { checkPayload, type WebhookPayload } from "./payload.ts";

export interface SendOptions {
  /** Milliseconds, connecting included. Default 30,000. */
  readonly timeoutMs?: number;
  /** Allow plain http to a host that is not this machine. Default false. */
  readonly insecure?: boolean;
}

/** What became of a message. */
export type WebhookResult =
  | {
      readonly delivered: true;
      /** What the webhook's script answered; undefined where it has none. */
      readonly answer: unknown;
    }
  | {
      readonly delivered: false;
      /**
       * - `disabled`: the webhook is switched off.
       * - `unknown`: no webhook has this address; it was removed, or id and token do not belong together.
       * - `refused`: the server did not take this message; `message` says why.
       */
      readonly reason: "disabled" | "unknown" | "refused";
      /** The server's words. */
      readonly message: string;
    };

const DEFAULT_TIMEOUT_MS = 30_000;
const CLOSE_MS = 1_000;

/** Root of the server, path of the hook, and what in it is secret. Throws InputError, without showing the address. */
function take(url: string, insecure: boolean): { root: string; path: string; token: string } {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const match = /^(.*)(\/hooks\/[^/]+\/(?:[^/]+\/)?([^/]+))$/.exec(parsed?.pathname ?? "");
  if (parsed === undefined || !/^https?:$/.test(parsed.protocol) || match === null) {
    throw new InputError(
      "sendToWebhook: url: is not the address of an incoming webhook (it is secret and not shown).",
      {
        hint: "It has the form https://<server>/hooks/<id>/<token>: the output `url` of an IncomingWebhook.",
      },
    );
  }
  if (parsed.protocol === "http:" && !insecure && !isLoopback(parsed.hostname)) {
    throw new InputError(`sendToWebhook: url: plain http would send the token unprotected to ${parsed.host}.`, {
      hint: "Use https, or the option `insecure: true` where the network in between is trusted.",
    });
  }
  const [, prefix = "", path = "", token = ""] = match;
  return { root: parsed.origin + prefix, path: path + parsed.search, token };
}

/**
 * Posts once and never repeats. What the server answers is the result; without an answer of Rocket.Chat it throws: `NetworkError` and
 * `UnexpectedResponseError`, whose `maybeSent` tells whether the message may have been posted, and `InputError` before anything is sent.
 *
 * @example From a script
 * ```ts
 * const result = await sendToWebhook(hookUrl, { text: "Deployed", icon_emoji: ":rocket:" });
 * if (!result.delivered) console.error(result.reason, result.message);
 * ```
 */
export async function sendToWebhook(
  url: string,
  payload: WebhookPayload,
  { timeoutMs = DEFAULT_TIMEOUT_MS, insecure = false }: SendOptions = {},
): Promise<WebhookResult> {
  const { root, path, token } = take(url, insecure);
  const body = checkPayload(payload);
  const redactor = new Redactor();
  redactor.hide(token);
  const wire = createWire({ url: root, timeoutMs, clock: systemClock });
  const perform = createPerform({ send: wire.send, url: root, timeoutMs, redactor });
  try {
    const answer = await perform(
      { name: "webhook", method: "POST", path, body, repeat: "once", anonymous: true, response: z.unknown() },
      undefined,
    );
    return { delivered: true, answer: scriptAnswer(answer) };
  } catch (error) {
    const result = error instanceof CallError ? resultOf(error) : undefined;
    if (result !== undefined) return result;
    throw error;
  } finally {
    await wire.close(CLOSE_MS);
  }
}

/** `{ success: true }` is the server's own. */
function scriptAnswer(answer: unknown): unknown {
  if (answer === null || typeof answer !== "object" || !("success" in answer)) return answer;
  const { success: _, ...rest } = answer;
  return Object.keys(rest).length > 0 ? rest : undefined;
}

/** Undefined: not what Rocket.Chat answers. */
function resultOf({ call: { status = 0, serverMessage } }: CallError): WebhookResult | undefined {
  const message = serverMessage ?? "";
  // 7.x and 8.x answer a wrong address with the plain text of a crash, 6.x with 404.
  if (status === 404 || (status === 500 && message === "Internal Server Error"))
    return { delivered: false, reason: "unknown", message };
  if (serverMessage === undefined) return undefined;
  if (status === 503) return { delivered: false, reason: "disabled", message };
  return status >= 400 && status < 500 ? { delivered: false, reason: "refused", message } : undefined;
}
