/** What the wrappers of the transport hand to each other. Types only. */
import type { Operation } from "../client.ts";
import type { Content } from "./content.ts";

/** A pair of credentials as the server takes them with every call. */
export interface Token {
  readonly userId: string;
  readonly authToken: string;
}

/** The account behind a call, as far as the transport needs it. */
export interface Account {
  /** Tells accounts apart; says nothing about them. */
  readonly key: string;
  /** Logs in when that has not happened yet. */
  token(): Promise<Token>;
  /** Replaces a refused token; false when that is not possible. */
  renew(refused: Token): Promise<boolean>;
  /** Headers that answer the server's two-factor challenge; undefined when this account can't. */
  secondFactor(method: string): Readonly<Record<string, string>> | undefined;
}

/** What is learned about a call while it runs; shared by all its attempts. */
export interface Trace {
  /** How often a request was started. */
  attempts: number;
  /** True as soon as one attempt may have reached the server. */
  maybeSent: boolean;
  /** The token that the last attempt carried. */
  token: Token | undefined;
}

export interface Call {
  readonly operation: Operation<unknown>;
  /** Undefined for anonymous calls. */
  readonly account: Account | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly trace: Trace;
}

export interface Answer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly content: Content;
  /** Epoch milliseconds on this machine. */
  readonly receivedAt: number;
}

export type Send = (call: Call) => Promise<Answer>;

/** A wrapper around everything beneath it. */
export type Wrapper = (next: Send) => Send;

/** Limits are counted by the server per method and route, whatever ids the path holds: `settings` is not `settings/:_id`. */
export const routeOf = ({ operation: { method, name, path } }: Call): string =>
  name.includes("/") || path.endsWith(`/${name}`) ? `${method} ${name}` : `${method} ${name}/…`;
