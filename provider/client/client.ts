/**
 * What the rest of the package sees of a server: one typed call, and what is known of the other side.
 * Knows no kinds. Areas of the API are plain functions over this interface, in `api/<area>.ts`.
 */
import type { z } from "zod";

/**
 * What may be done when an answer is lost or a server is briefly away.
 * - `read`: changes nothing, repeated freely.
 * - `idempotent`: a write that may be sent twice with the same end.
 * - `once`: a create or toggle. Never sent a second time after it may have arrived; the caller finds out what happened.
 * - `never`: a courtesy that nobody waits for. Not sent again, whatever came of it.
 */
export type Repeat = "read" | "idempotent" | "once" | "never";

/** One call of the REST API. */
export interface Operation<T> {
  /** The endpoint's own name, for messages and counts: `users.create`. */
  readonly name: string;
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** From the root: `/api/v1/users.create`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: unknown;
  readonly repeat: Repeat;
  /** Validates the members that are read, and only those. */
  readonly response: z.ZodType<T>;
  /** Sent without credentials (`/api/info`, `login`, `settings.public`). */
  readonly anonymous?: boolean;
}

export interface ServerInfo {
  /** As `/api/info` gives it: "8.6", or "8.6.1" to callers who may see more. */
  readonly version: string;
  readonly major: number;
  readonly minor: number;
}

export interface Self {
  readonly userId: string;
  readonly username: string;
  readonly roles: readonly string[];
}

export interface Client {
  /** Address without a trailing slash. */
  readonly url: string;
  call<T>(operation: Operation<T>): Promise<T>;
  /** Version of the server; asked once. */
  server(): Promise<ServerInfo>;
  /** Asks until the server answers, for `limitMs` at most. Undefined when it does, else why it does not. */
  awaitAnswer(limitMs: number): Promise<Error | undefined>;
  /** The workspace's `uniqueID` (setting, readable without log-in); asked once. Outlives a change of address. */
  workspaceId(): Promise<string>;
  /** The account that calls are made as; logs in when that has not happened yet. */
  self(): Promise<Self>;
  /** A client of the same server, transport and rate limits for another account. */
  as(credentials: Credentials): Client;
  /** Hides every known secret of this connection in a text that is about to be printed. */
  redact(text: string): string;
  /** Adds a value to what `redact` hides (a token that was just made, a password to be set). */
  hide(secret: string): void;
  close(): Promise<void>;
}

export type Credentials =
  | { readonly userId: string; readonly authToken: string; readonly totpSecret?: string; readonly password?: string }
  | { readonly username: string; readonly password: string; readonly totpSecret?: string };

export interface Wait {
  /** Stands after "waiting for". */
  readonly reason: string;
  readonly ms: number;
}

export type OnWait = (message: string, wait?: Wait) => void;

export interface ClientOptions {
  readonly url: string;
  readonly credentials: Credentials;
  /** Plain http to anything but loopback is refused without it. */
  readonly insecure?: boolean;
  /** Milliseconds for one attempt, connecting included. Default 30,000. */
  readonly requestTimeoutMs?: number;
  /** Told about every wait and repeat, in words fit for a user; of longer waits also what for and until when. */
  readonly onWait?: OnWait;
  /** Retry policy by name; `rapid` is for tests. */
  readonly retry?: "standard" | "rapid";
}
