/** A real HTTP server on a port of the system's choice, for tests of the client; answers as told and keeps what it saw. */
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { z } from "zod";
import type { Client, ClientOptions, Operation } from "../../../provider/client/client.ts";
import { createClient, type Surroundings } from "../../../provider/client/create-client.ts";

export interface Seen {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  /** `POST /api/v1/login`, without the query. */
  readonly route: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Reply {
  readonly status?: number;
  /** Text is sent as it is, anything else as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What else can happen to a request: the connection ends without an answer, in the middle of one, or nothing comes. */
export type Fate = Reply | "drop" | "cut" | "silence";

export interface LocalServer {
  readonly url: string;
  readonly port: number;
  readonly seen: readonly Seen[];
  /** How many requests of a route came. */
  count(route: string): number;
}

/** Runs until the test is over. `nth`: how often this route was called, from 1. */
export async function startServer(
  handle: (request: Seen, nth: number) => Fate | Promise<Fate>,
  options: { tls?: { key: string; cert: string }; sendDate?: boolean } = {},
): Promise<LocalServer> {
  const seen: Seen[] = [];
  const count = (route: string) => seen.filter((request) => request.route === route).length;
  const server = (options.tls ? createTlsServer(options.tls) : createServer()) as Server;
  server.on("request", async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = "", url: path = "", headers } = request;
    const route = `${method} ${path.split("?")[0]}`;
    const entry = { method, path, route, headers, body: Buffer.concat(chunks).toString() };
    seen.push(entry);
    const fate = await handle(entry, count(route));
    if (fate === "silence") return;
    if (fate === "drop") return void request.socket.destroy();
    if (fate === "cut") {
      response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
      return void response.write('{"success":', () => request.socket.destroy());
    }
    const { status = 200, body = { success: true }, headers: extra = {} } = fate;
    response.sendDate = options.sendDate ?? true;
    response.writeHead(status, { "content-type": "application/json", ...extra });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { url: `${options.tls ? "https" : "http"}://127.0.0.1:${port}`, port, seen, count };
}

export const TOKEN = { userId: "uid", authToken: "token-of-the-test" } as const;

/** With a token and the rapid policy unless told otherwise; closed when the test is over. */
export function connect(url: string, options: Partial<ClientOptions> = {}, surroundings: Surroundings = {}): Client {
  const client = createClient({ url, credentials: TOKEN, retry: "rapid", ...options }, surroundings);
  onTestFinished(() => client.close());
  return client;
}

/** An operation of any name; the answer is given as it came. */
export function operation(over: Partial<Operation<unknown>> = {}): Operation<unknown> {
  const { name = "users.info" } = over;
  return { name, method: "GET", path: `/api/v1/${name}`, repeat: "read", response: z.unknown(), ...over };
}

export const create = operation({ name: "users.create", method: "POST", body: { username: "alice" }, repeat: "once" });
export const update = operation({ name: "users.update", method: "POST", body: { userId: "u1" }, repeat: "idempotent" });

/** The error that a promise rejects with; fails when it doesn't. */
export async function errorOf(promise: Promise<unknown>): Promise<Error & Record<string, unknown>> {
  const outcome = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(outcome instanceof Error)) throw new Error("expected a rejection");
  return outcome as Error & Record<string, unknown>;
}
