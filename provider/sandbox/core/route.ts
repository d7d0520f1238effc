/** What a route is, and the call that its handler gets. Knows no particular route and no sockets. */
import type { Clock } from "./clock.ts";
import type { Events } from "./events.ts";
import type { Refusal, Reply } from "./failure.ts";
import { forbidden, refuse } from "./failure.ts";
import { hasAnyPermission, hasPermission } from "./permissions.ts";
import type { LimitRule } from "./rate-limit.ts";
import type { LoginToken, State, UserDoc, Version } from "./state.ts";
import type { Schema } from "./validate.ts";

export interface UploadedFile {
  field: string;
  filename: string;
  contentType: string;
  /** In bytes. The content is not kept. */
  size: number;
}

/** What came in, parsed but not checked. */
export interface Request {
  method: string;
  path: string;
  query: Record<string, unknown>;
  /** Broken or missing bodies are `{}`. */
  body: Record<string, unknown>;
  /** A JSON body that is a list. */
  list?: unknown[] | undefined;
  files: UploadedFile[];
  headers: Record<string, string | undefined>;
  address: string;
}

/** One call on its way through the checks. `user` and `token` are set once it is authenticated. */
export interface Call extends Request {
  readonly state: State;
  readonly clock: Clock;
  readonly events: Events;
  readonly version: Version;
  /** True for release 8.6.1. */
  readonly is8: boolean;
  /** The server's own address, as links in answers carry it. */
  readonly siteUrl: string;
  /** What stands in the `:name` parts of the route's path. */
  readonly params: Record<string, string>;
  user: UserDoc;
  token: LoginToken;
}

/** A schema for both releases, or by release. */
type ByVersion<T> = T | ((version: Version) => T | undefined);

export interface Route {
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** `/api/v1/…`; a part `:name` matches anything up to the next slash. */
  path: string;
  /** The releases that have it; all by default. */
  only?: Version;
  /** `true` by default; `"optional"` takes credentials when they are good. */
  auth?: boolean | "optional";
  /** All of them, or one of `any`, else 403. */
  permissions?: readonly string[] | { any: readonly string[] };
  query?: ByVersion<Schema>;
  body?: ByVersion<Schema>;
  /** The route is not typed even on 8.x: a bad body or query is told in the older notation. */
  legacy?: boolean;
  /** Another notation for a body or query that the schema refuses. */
  invalid?: (message: string, call: Call) => Refusal;
  /** Asks for a second factor; `"always"` never remembers one. */
  twoFactor?: boolean | "always";
  /** A GET that changes something, so that the workspace is kept afterwards. */
  writes?: true;
  /** `false`: neither limited nor headers. Default: the rule of the settings. */
  rateLimit?: false | LimitRule;
  /** Returns the members of a 200 answer beside `success`, or a whole reply. */
  handler: (call: Call) => object | WholeReply;
}

/** An answer that is not "200 with `success`". */
export class WholeReply {
  readonly reply: Reply;

  constructor(reply: Reply) {
    this.reply = reply;
  }
}

/** Answers exactly this. */
export const reply = (whole: Reply): WholeReply => new WholeReply(whole);

/** 200 with this JSON, without `success` being added. */
export const bare = (json: unknown): WholeReply => new WholeReply({ status: 200, json });

export const may = (call: Call, permission: string, roomId?: string): boolean =>
  hasPermission(call.state, call.user, permission, roomId);

/** Throws the route's 403 unless the caller holds one of `permissions`. */
export function demandAny(call: Call, permissions: readonly string[]): void {
  if (!hasAnyPermission(call.state, call.user, permissions)) throw forbidden();
}

/** The body where the server's own code would crash on it. */
export const crash = (message: string): Refusal => refuse({ status: 400, json: { success: false, error: message } });

export function resolve<T>(value: ByVersion<T> | undefined, version: Version): T | undefined {
  return typeof value === "function" ? (value as (version: Version) => T | undefined)(version) : value;
}
