/** The lowest wrapper: one HTTP request and its answer. The only module that imports undici. Judges no status. */
import { Agent, FormData as Form, request } from "undici";
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

/** A file gets time beside the limit of a call as if the line were no faster than this: 100 kB a second. */
const SLOWEST_BYTES_PER_MS = 100;

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
      const { body, contentType, bytes } = encode(operation.body);
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
          signal: AbortSignal.timeout(timeoutMs + Math.ceil(bytes / SLOWEST_BYTES_PER_MS)),
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

interface Encoded {
  readonly body: string | Form | null;
  readonly contentType?: string;
  /** Of the files in it. */
  readonly bytes: number;
}

/** The files of a form are read from disk while they are sent, each time anew. undici knows forms of its own kind only. */
function encode(body: unknown): Encoded {
  if (body === undefined) return { body: null, bytes: 0 };
  if (!(body instanceof FormData)) return { body: JSON.stringify(body), contentType: "application/json", bytes: 0 };
  const form = new Form();
  let bytes = 0;
  for (const [name, value] of body) {
    if (typeof value === "string") form.append(name, value);
    else {
      form.append(name, value, value.name);
      bytes += value.size;
    }
  }
  return { body: form, bytes };
}
