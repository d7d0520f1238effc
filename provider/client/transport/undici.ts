/** The lowest wrapper: one HTTP request and its answer. The only module that imports undici. Judges no status. */
import { Agent, request } from "undici";
import type { Operation } from "../client.ts";
import { type Clock, within } from "../clock.ts";
import type { Answer, Send } from "./call.ts";
import { readContent } from "./content.ts";
import { TransportFailure, toFailure } from "./failure.ts";
import { Slots } from "./slots.ts";

/** Requests at the same time, over all accounts of a server. */
const CONCURRENCY = 8;
/** A host that does not answer the connection by then is away, and the request was surely not sent. */
const CONNECT_TIMEOUT_MS = 10_000;

/** Constant: the server remembers a two-factor answer per token, address and User-Agent. */
const USER_AGENT = "pulumi-rocketchat";

export interface Wire {
  readonly send: Send;
  /** Ends idle connections and waits for running requests, `graceMs` at most. */
  close(graceMs: number): Promise<void>;
}

export function createWire(options: { url: string; timeoutMs: number; clock: Clock }): Wire {
  const { url, timeoutMs, clock } = options;
  const agent = new Agent({
    connections: CONCURRENCY,
    // The whole attempt has one limit, set below.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { timeout: Math.min(CONNECT_TIMEOUT_MS, timeoutMs), autoSelectFamily: true },
  });
  const slots = new Slots(CONCURRENCY);
  let closed: Promise<void> | undefined;

  const send: Send = ({ operation, headers, trace }) =>
    slots.run(async (): Promise<Answer> => {
      const { body, contentType } = await encode(operation.body);
      if (closed)
        throw new TransportFailure("UND_ERR_CLOSED", { maybeSent: false, transient: false, cause: undefined });
      trace.attempts += 1;
      try {
        const response = await request(url + operation.path + queryOf(operation), {
          dispatcher: agent,
          method: operation.method,
          headers: {
            accept: "application/json",
            "user-agent": USER_AGENT,
            ...(contentType && { "content-type": contentType }),
            ...headers,
          },
          body,
          signal: AbortSignal.timeout(timeoutMs),
        });
        const text = await response.body.text();
        const answerHeaders = Object.fromEntries(
          Object.entries(response.headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
        );
        trace.maybeSent = true;
        return {
          status: response.statusCode,
          headers: answerHeaders,
          content: readContent(text, answerHeaders["content-type"]),
          receivedAt: clock.now(),
        };
      } catch (error) {
        const failure = toFailure(error);
        trace.maybeSent ||= failure.maybeSent;
        throw failure;
      }
    });

  return {
    send,
    close(graceMs) {
      closed ??= within(clock, graceMs, agent.close()).then(() => agent.destroy());
      return closed;
    },
  };
}

function queryOf({ query = {} }: Operation<unknown>): string {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) given.append(name, String(value));
  return given.size === 0 ? "" : `?${given}`;
}

/** A form (file upload) is turned into bytes, so that it has a length and can be sent again. */
async function encode(body: unknown): Promise<{ body: string | Buffer | null; contentType: string | undefined }> {
  if (body === undefined) return { body: null, contentType: undefined };
  if (body instanceof FormData) {
    const form = new Response(body);
    const contentType = form.headers.get("content-type") ?? undefined;
    return { body: Buffer.from(await form.arrayBuffer()), contentType };
  }
  return { body: JSON.stringify(body), contentType: "application/json" };
}
