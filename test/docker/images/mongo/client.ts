/** A connection to a MongoDB server: one command at a time, log-in, the primary of a replica set. */
import { connect, type Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import type { Document } from "./bson.ts";
import { message, onMessage } from "./messages.ts";
import { clientSide } from "./scram.ts";

/** A server's refusal. */
export class MongoServerError extends Error {
  override readonly name = "MongoServerError";
  readonly code: number;
  constructor({ errmsg, code }: Document) {
    super(String(errmsg));
    this.code = Number(code);
  }
}

export interface Connection {
  /** Rejects with a `MongoServerError` when it is refused, and with another error when the connection is lost. */
  command(database: string, body: Document): Promise<Document>;
  readonly closed: boolean;
  close(): void;
}

/** @param host "name:port" */
export async function connectOnce(host: string, timeoutMs = 2_000): Promise<Connection> {
  const [name = "", port = "27017"] = host.split(":");
  const socket: Socket = connect({ host: name, port: Number(port) });
  const waiting = new Map<number, { resolve: (body: Document) => void; reject: (error: Error) => void }>();
  let lost: Error | undefined;
  const end = (error: Error) => {
    lost ??= error;
    for (const { reject } of waiting.values()) reject(lost);
    waiting.clear();
  };
  socket.on("close", () => end(new Error(`connection to ${host} closed`)));
  await new Promise<void>((resolve, reject) => {
    socket.setTimeout(timeoutMs, () => socket.destroy(new Error(`connection to ${host} timed out`)));
    socket.once("error", reject).once("connect", resolve);
  });
  socket.setTimeout(0).on("error", end);
  onMessage(socket, ({ responseTo, body }) => {
    waiting.get(responseTo)?.resolve(body);
    waiting.delete(responseTo);
  });
  let requestId = 0;
  return {
    command: async (database, body) => {
      if (lost) throw lost;
      const id = ++requestId;
      const answer = await new Promise<Document>((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        socket.write(message(id, 0, { ...body, $db: database }));
      });
      if (answer.ok !== 1) throw new MongoServerError(answer);
      return answer;
    },
    get closed() {
      return lost !== undefined;
    },
    close: () => socket.destroy(),
  };
}

export interface Target {
  /** "name:port" */
  readonly host: string;
  readonly database: string;
  readonly setName?: string | undefined;
  /** How long a primary is looked for. */
  readonly selectionMs: number;
  readonly login?: { readonly user: string; readonly password: string; readonly source: string } | undefined;
}

/** A mongodb:// address of one host. */
export function parseUrl(text: string): Target {
  const url = new URL(text);
  if (url.protocol !== "mongodb:")
    throw new Error(`Invalid scheme, expected connection string to start with "mongodb://"`);
  const [user, password] = [url.username, url.password].map(decodeURIComponent);
  const database = url.pathname.slice(1);
  const source = url.searchParams.get("authSource") ?? (database || "admin");
  return {
    host: url.host.includes(":") ? url.host : `${url.host}:27017`,
    database: database || "test",
    setName: url.searchParams.get("replicaSet") ?? undefined,
    selectionMs: Number(url.searchParams.get("serverSelectionTimeoutMS") ?? 30_000),
    login: user && password !== undefined ? { user, password, source } : undefined,
  };
}

async function logIn(connection: Connection, { user, password, source }: NonNullable<Target["login"]>): Promise<void> {
  const side = clientSide(user, password);
  const say = (name: string, payload: string, more: Document = {}) =>
    connection.command(source, { [name]: 1, ...more, payload: Buffer.from(payload) });
  const text = ({ payload }: Document) => Buffer.from(payload as Uint8Array).toString();
  const first = await say("saslStart", side.first, { mechanism: "SCRAM-SHA-256" });
  const { conversationId } = first;
  const final = await say("saslContinue", side.final(text(first)), { conversationId });
  side.verify(text(final));
  if (final.done !== true) await say("saslContinue", "", { conversationId });
}

async function connectTo(target: Target): Promise<Connection> {
  const connection = await connectOnce(target.host);
  try {
    if (target.setName !== undefined) {
      const { setName, isWritablePrimary, primary } = await connection.command("admin", { hello: 1 });
      if (setName !== target.setName)
        throw new Error(`${target.host} is no member of the replica set ${target.setName}`);
      if (isWritablePrimary !== true) throw new Error(`the replica set ${target.setName} has no primary`);
      // The members' own names count, as with every driver.
      if (primary !== target.host) {
        connection.close();
        return await connectTo({ ...target, host: String(primary) });
      }
    }
    if (target.login !== undefined) await logIn(connection, target.login);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** Tries until there is a primary or the time is over; a refusal by the server itself is final. */
export async function connectMongo(target: Target): Promise<Connection> {
  const until = Date.now() + target.selectionMs;
  for (;;) {
    try {
      return await connectTo(target);
    } catch (error) {
      if (error instanceof MongoServerError) throw error;
      if (Date.now() >= until) {
        const { message: why } = error as Error;
        throw Object.assign(new Error(why, { cause: error }), { name: "MongoServerSelectionError" });
      }
      await delay(200);
    }
  }
}
