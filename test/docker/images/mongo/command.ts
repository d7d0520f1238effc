/** What every command of the stand-in gets and gives. Knows no command. */
import type { Document, Value } from "./bson.ts";
import type { ServerSide } from "./scram.ts";
import type { Storage } from "./storage.ts";

export interface Server {
  readonly storage: Storage;
  /** Its release, "8.0". */
  readonly version: string;
  /** From `--replSet`. */
  readonly setName: string | undefined;
  /** `--keyFile` or `--auth`. */
  readonly authRequired: boolean;
  /** Tells this process from every other. */
  readonly processId: string;
}

/** One connection. */
export interface Session {
  authenticated: boolean;
  conversation?: { readonly side: ServerSide; proven: boolean } | undefined;
}

export interface Call {
  readonly server: Server;
  readonly session: Session;
  readonly database: string;
  readonly body: Document;
}

export type Command = (call: Call) => Document | Promise<Document>;

export const listOf = (value: Value): Document[] => (Array.isArray(value) ? value : []);
