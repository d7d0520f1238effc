/** A MongoDB server of the stand-in: sockets in, commands out. */
import { randomUUID } from "node:crypto";
import { createServer, type Socket } from "node:net";
import { createUser, saslContinue, saslStart } from "./authentication.ts";
import type { Document } from "./bson.ts";
import type { Command, Server, Session } from "./command.ts";
import { documentCommands } from "./documents.ts";
import { Failure } from "./failure.ts";
import { type Message, onMessage, reply } from "./messages.ts";
import { hello, replSetGetStatus, replSetInitiate } from "./replication.ts";
import { Storage } from "./storage.ts";
import { featureVersion, setFeatureCompatibilityVersion } from "./versions.ts";

const fine: Command = () => ({ ok: 1 });
const open: Readonly<Record<string, Command>> = {
  hello,
  isMaster: hello,
  ismaster: hello,
  ping: fine,
  endSessions: fine,
  buildInfo: ({ server }) => ({ version: server.version, ok: 1 }),
  saslStart,
  saslContinue,
};
const guarded: Readonly<Record<string, Command>> = {
  replSetInitiate,
  replSetGetStatus,
  createUser,
  setFeatureCompatibilityVersion,
  ...documentCommands,
};

export interface MongoOptions {
  /** Folder of the data. */
  readonly folder: string;
  /** Default 27017; 0: the system chooses. */
  readonly port?: number;
  /** Addresses to listen at. Default 127.0.0.1. */
  readonly host?: string;
  readonly version: string;
  readonly setName?: string | undefined;
  readonly authRequired?: boolean;
  /** Told of what a person wants to know. */
  readonly log?: (line: string) => void;
}

async function answer(server: Server, session: Session, { body }: Message): Promise<Document> {
  const { $db: database = "admin", ...rest } = body;
  const name = Object.keys(rest)[0] ?? "";
  const command = Object.hasOwn(open, name) ? open[name] : undefined;
  if (command === undefined && server.authRequired && !session.authenticated)
    throw new Failure("Unauthorized", `Command ${name} requires authentication`);
  const found = command ?? (Object.hasOwn(guarded, name) ? guarded[name] : undefined);
  if (found === undefined) throw new Failure("CommandNotFound", `no such command: '${name}'`);
  return found({ server, session, database: String(database), body: rest });
}

function serve(server: Server, socket: Socket, log: (line: string) => void): void {
  const session: Session = { authenticated: false };
  let last: Promise<unknown> = Promise.resolve();
  socket.on("error", () => {});
  onMessage(socket, (message) => {
    // One after the other, as they came.
    last = last
      .then(() => answer(server, session, message))
      .catch((error: unknown) => {
        if (!(error instanceof Failure)) throw error;
        if (error.codeName === "AuthenticationFailed") log(`${error.message} from ${socket.remoteAddress}`);
        return error.answer;
      })
      .then((body) => socket.write(reply(message, body)))
      .catch((error: Error) => socket.destroy(error));
  });
}

/** Listens; closing it leaves the folder as it is. */
export async function startMongo({ folder, port = 27_017, host = "127.0.0.1", version, ...options }: MongoOptions) {
  const { setName, authRequired = false, log = () => {} } = options;
  const storage = new Storage(folder);
  featureVersion(storage, version);
  const server: Server = { storage, version, setName, authRequired, processId: randomUUID() };
  const sockets = new Set<Socket>();
  const listener = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    serve(server, socket, log);
  });
  await new Promise<void>((resolve, reject) => listener.once("error", reject).listen(port, host, resolve));
  const address = listener.address();
  const close = async () => {
    const closed = new Promise((resolve) => listener.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
    storage.close();
  };
  let closing: Promise<void> | undefined;
  return {
    port: typeof address === "object" && address !== null ? address.port : port,
    close: () => (closing ??= close()),
  };
}
