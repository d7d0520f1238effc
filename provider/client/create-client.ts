/** Makes the client of one server: one connection pool, one rate limit, one redactor, and a session per account. */
import { UnexpectedResponseError } from "../errors.ts";
import { infoOperation, publicSettingsOperation } from "./api/session.ts";
import type { Client, ClientOptions, Credentials, OnWait, ServerInfo } from "./client.ts";
import { type Clock, systemClock, within } from "./clock.ts";
import { paginate } from "./paginate.ts";
import { createPerform, type Perform } from "./perform.ts";
import { policies } from "./policies.ts";
import { Redactor } from "./redactor.ts";
import { checkServerUrl } from "./server-url.ts";
import { Session } from "./session.ts";
import { awaitAnswer } from "./start.ts";
import type { Account } from "./transport/call.ts";
import { stack } from "./transport/stack.ts";
import { createWire } from "./transport/undici.ts";
import { parseVersion } from "./versions.ts";

const REQUEST_TIMEOUT_MS = 30_000;
/** What closing may take: logging out, then running requests. */
const CLOSE_MS = 3_000;

/** For tests. */
export interface Surroundings {
  readonly clock?: Clock;
  /** From 0 to 1. */
  readonly random?: () => number;
}

/** Sends nothing yet. Throws ConfigurationError. */
export const createClient = (options: ClientOptions, surroundings: Surroundings = {}): Client =>
  openClient(options, surroundings).client;

/** A client with what a second connection of the same account needs: its log-in, and what hides its secrets. */
export interface OpenClient {
  readonly client: Client;
  readonly account: Account;
  readonly redactor: Redactor;
}

export function openClient(
  options: ClientOptions,
  { clock = systemClock, random = Math.random }: Surroundings = {},
): OpenClient {
  const url = checkServerUrl(options.url, options.insecure ?? false);
  const timeoutMs = options.requestTimeoutMs ?? REQUEST_TIMEOUT_MS;
  const redactor = new Redactor();
  const onWait: OnWait = (message, wait) => options.onWait?.(redactor.redact(message), wait);
  const wire = createWire({ url, timeoutMs, clock });
  const send = stack(wire.send, { policy: policies[options.retry ?? "standard"], clock, random, onWait });
  const perform = createPerform({ send, url, timeoutMs, redactor });

  // The wait has its own rhythm: no repeats below it, and no line for each of them.
  const probe = createPerform({ send: wire.send, url, timeoutMs, redactor });
  const server = once(() => readServer(perform));
  const workspaceId = once(() => readWorkspaceId(perform));
  /** By credentials, so that many resources of one account share its log-in. */
  const sessions = new Map<string, Session>();

  const sessionFor = (credentials: Credentials): Session => {
    const key = JSON.stringify(Object.entries(credentials).sort());
    const known = sessions.get(key);
    // A password that was refused may be right by now: the account may have been made or activated meanwhile.
    if (known !== undefined && !known.isRefused) return known;
    const session = new Session({ credentials, perform, redactor, clock });
    sessions.set(key, session);
    return session;
  };

  const clientFor = (credentials: Credentials, close: (own: Session) => Promise<void>): Client => {
    const session = sessionFor(credentials);
    return {
      url,
      call: (operation) => perform(operation, session),
      server,
      awaitAnswer: (limitMs) =>
        awaitAnswer({ ask: () => probe(infoOperation, undefined), url, clock, onWait, limitMs }),
      workspaceId,
      self: () => session.self(),
      as: (other) => clientFor(other, logOut),
      redact: (text) => redactor.redact(text),
      hide: (secret) => redactor.hide(secret),
      close: () => close(session),
    };
  };
  const logOut = (session: Session) => within(clock, CLOSE_MS, session.logOut());

  const client = clientFor(options.credentials, async () => {
    await Promise.all([...sessions.values()].map(logOut));
    await wire.close(CLOSE_MS);
  });
  return { client, account: sessionFor(options.credentials), redactor };
}

/** Asks at the first call; a failure is not kept. */
function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | undefined;
  return () => {
    asked ??= ask().catch((error: unknown) => {
      asked = undefined;
      throw error;
    });
    return asked;
  };
}

async function readServer(perform: Perform): Promise<ServerInfo> {
  const { version } = await perform(infoOperation, undefined);
  const info = parseVersion(version);
  if (info !== undefined) return info;
  const request = `${infoOperation.method} ${infoOperation.path}`;
  throw new UnexpectedResponseError(
    `info: the server gives ${JSON.stringify(version.slice(0, 40))} as its version (${request})`,
    { operation: infoOperation.name, request },
    { maybeSent: false },
  );
}

/** Servers that can't filter by id are read to the end. */
async function readWorkspaceId(perform: Perform): Promise<string> {
  const anonymous = { call: <T>(operation: Parameters<typeof perform<T>>[0]) => perform(operation, undefined) };
  const page = (offset: number, count: number) => publicSettingsOperation("uniqueID", offset, count);
  for await (const { _id, value } of paginate(anonymous, page, ({ settings }) => settings)) {
    if (_id === "uniqueID" && typeof value === "string" && value !== "") return value;
  }
  const { name, method, path } = page(0, 100);
  throw new UnexpectedResponseError(
    `${name}: the server does not tell the workspace's uniqueID (${method} ${path})`,
    { operation: name, request: `${method} ${path}` },
    { maybeSent: false },
  );
}
