/** The HTTP side: sockets in, replies out, faults between. Knows no route of its own. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { InputError } from "../../errors.ts";
import { readRequest } from "./body.ts";
import type { Reply } from "./failure.ts";
import type { Fault } from "./faults.ts";
import type { Request } from "./route.ts";

/** Answers a parsed request; may wait until its effect is kept. */
export type Answer = (request: Request) => Promise<Reply>;

export interface HttpOptions {
  port: number;
  host: string;
  answer: Answer;
  /** Takes a request over that is answered bit by bit; false for all others. */
  stream: (request: Request, outgoing: ServerResponse) => boolean;
  /** The fault that a request meets, if any. */
  meet: (method: string, path: string) => Fault | undefined;
  /** Told of every answer, for a log. */
  onAnswer?: ((line: string) => void) | undefined;
}

function render(reply: Reply): { headers: Record<string, string>; body: string } {
  const body = reply.text ?? (reply.json === undefined ? "" : JSON.stringify(reply.json));
  return {
    body,
    headers: {
      "content-type": reply.contentType ?? "application/json",
      "cache-control": "no-store",
      pragma: "no-cache",
      "content-length": String(Buffer.byteLength(body)),
      ...reply.headers,
    },
  };
}

async function serve(incoming: IncomingMessage, outgoing: ServerResponse, options: HttpOptions): Promise<void> {
  const started = performance.now();
  const request = await readRequest(incoming);
  const fault = options.meet(request.method, request.path);
  if (fault?.action === "hold") return;
  if (fault?.action === "drop-before") return void incoming.socket.destroy();
  if (fault?.action === "delay") await sleep(fault.ms ?? 0);
  if (!fault && options.stream(request, outgoing)) return;
  const reply: Reply =
    fault?.action === "status"
      ? {
          status: fault.status ?? 502,
          text: fault.body ?? "<html><body><h1>502 Bad Gateway</h1></body></html>",
          contentType: fault.contentType ?? "text/html",
        }
      : await options.answer(request);
  options.onAnswer?.(
    `${request.method} ${request.path} ${reply.status} ${Math.round(performance.now() - started)} ms${fault ? ` (${fault.action})` : ""}`,
  );
  if (fault?.action === "drop-after") return void incoming.socket.destroy();
  const { headers, body } = render(reply);
  if (fault?.action === "truncate") {
    const half = body.slice(0, Math.floor(body.length / 2));
    outgoing.writeHead(reply.status, { ...headers, "content-length": String(Buffer.byteLength(half)) }).end(half);
    return;
  }
  outgoing.writeHead(reply.status, headers).end(body);
}

/** Listens; rejects with one clear sentence where it can't. */
export async function listen(options: HttpOptions): Promise<Server> {
  const server = createServer((incoming, outgoing) => {
    serve(incoming, outgoing, options).catch((error: unknown) => {
      if (outgoing.destroyed || outgoing.headersSent) return;
      const text = error instanceof Error ? error.message : String(error);
      options.onAnswer?.(`${incoming.method} ${incoming.url} failed: ${error instanceof Error ? error.stack : text}`);
      const { headers, body } = render({
        status: 500,
        json: { success: false, error: `Internal server error: ${text}` },
      });
      outgoing.writeHead(500, headers).end(body);
    });
  });
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((ok, fail) => {
    server.once("error", (error: NodeJS.ErrnoException) => fail(explain(error, options)));
    server.listen(options.port, options.host, ok);
  });
  return server;
}

function explain(error: NodeJS.ErrnoException, { port, host }: HttpOptions): Error {
  if (error.code === "EADDRINUSE")
    return new InputError(`Port ${port} on ${host} is in use by another program.`, {
      cause: error,
      hint: "Stop that program, or choose another port with --port (0 lets the system choose).",
    });
  return new InputError(`The sandbox can't listen on ${host}:${port}: ${error.message}`, {
    cause: error,
    hint: "Give another --host or --port.",
  });
}

export function urlOf(server: Server, host: string): { url: string; port: number } {
  const { port } = server.address() as AddressInfo;
  const name = host.includes(":") ? `[${host}]` : host === "0.0.0.0" ? "127.0.0.1" : host;
  return { port, url: `http://${name}:${port}` };
}
