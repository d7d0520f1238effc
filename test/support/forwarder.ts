/**
 * A forwarder in front of a server that can hold one call, before the server sees it or after the server has acted on it, so
 * that a test can act in exactly that moment. Also another address of the same server, and a log of what passed.
 */
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { type AddressInfo, connect } from "node:net";
import type { Duplex } from "node:stream";

export interface Passed {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  /** The token that the call was made with. */
  readonly token: string | undefined;
  readonly status: number;
  /** End of the rate limit's window in epoch milliseconds, where the route is limited. */
  readonly windowEnd: string | undefined;
  readonly body: string;
}

/** `before`: the server never sees the call. `after`: the server has acted, the answer waits. */
export type Moment = "before" | "after";

export interface Held {
  readonly method: string;
  readonly path: string;
  /** Lets the call go on. */
  release(): void;
}

export interface Forwarder {
  readonly url: string;
  readonly passed: readonly Passed[];
  /** From now on calls go to another server, under the same address. */
  redirect(target: string): void;
  /** Holds the nth call (from 1) from now on that `matches`; resolves when it is held. Later calls wait behind it. */
  hold(moment: Moment, nth: number, matches?: (method: string, path: string) => boolean): Promise<Held>;
  /** Drops calls that are still held and forgets the hold: what a killed client leaves behind. */
  clear(): void;
  /** Cuts the open WebSockets; with `true` new ones are refused until it is called with `false`. */
  cut(refuse?: boolean): void;
  close(): Promise<void>;
}

interface Plan {
  readonly moment: Moment;
  readonly matches: (method: string, path: string) => boolean;
  readonly reached: (held: Held) => void;
  left: number;
}

export async function startForwarder(first: string): Promise<Forwarder> {
  let target = first;
  const passed: Passed[] = [];
  let plan: Plan | undefined;
  let gate: Promise<void> | undefined;
  let dropped = new AbortController();

  /** Resolves with false when the call is to be dropped instead of going on. */
  function wait(plan: Plan, method: string, path: string): Promise<boolean> {
    return new Promise((resolve) => {
      const opened = new Promise<void>((open) => {
        const go = (on: boolean) => {
          gate = undefined;
          open();
          resolve(on);
        };
        dropped.signal.addEventListener("abort", () => go(false), { once: true });
        plan.reached({ method, path, release: () => go(true) });
      });
      gate = opened;
    });
  }

  async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { method = "GET", url: path = "/" } = incoming;
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const here = dropped.signal;
    // One call at a time from the held one on: what a test sees on the server is then exactly the calls before it.
    while (gate !== undefined) await gate;
    if (here.aborted) return void incoming.socket.destroy();
    const due = plan?.matches(method, path) && --plan.left === 0 ? plan : undefined;
    if (due !== undefined) plan = undefined;
    if (due?.moment === "before" && !(await wait(due, method, path))) return void incoming.socket.destroy();
    const answer = await forward(target, incoming, Buffer.concat(chunks));
    passed.push({
      method,
      path,
      token: incoming.headers["x-auth-token"] as string | undefined,
      status: answer.status,
      windowEnd: answer.headers["x-ratelimit-reset"] as string | undefined,
      body: answer.body.toString(),
    });
    if (due?.moment === "after" && !(await wait(due, method, path))) return void incoming.socket.destroy();
    outgoing.writeHead(answer.status, answer.headers).end(answer.body);
  }

  const server = createServer((incoming, outgoing) => {
    serve(incoming, outgoing).catch(() => incoming.socket.destroy());
  });
  const sockets = new Set<Duplex>();
  let refusing = false;
  server.on("upgrade", ({ url: path, headers }, stream: Duplex, head: Buffer) => {
    if (refusing) return void stream.destroy();
    const { hostname, port } = new URL(target);
    const onward = connect(Number(port), hostname, () => {
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
      onward.write(`GET ${path} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`);
      onward.write(head);
      stream.pipe(onward).pipe(stream);
    });
    for (const [one, other] of [
      [stream, onward],
      [onward, stream],
    ] as const) {
      sockets.add(one);
      one.on("error", () => undefined);
      one.on("close", () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    passed,
    redirect(next) {
      target = next;
    },
    hold: (moment, nth, matches = () => true) =>
      new Promise((reached) => {
        plan = { moment, matches, reached, left: nth };
      }),
    clear() {
      plan = undefined;
      dropped.abort();
      dropped = new AbortController();
    },
    cut(refuse = refusing) {
      refusing = refuse;
      for (const socket of sockets) socket.destroy();
    },
    close: () =>
      new Promise((closed) => {
        dropped.abort();
        for (const socket of sockets) socket.destroy();
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[]>;
  readonly body: Buffer;
}

function forward(target: string, { method, url, headers }: IncomingMessage, body: Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(new URL(url ?? "/", target), { method, headers, agent: false }, async (answer) => {
      const chunks: Buffer[] = [];
      for await (const chunk of answer) chunks.push(chunk as Buffer);
      const { connection, "transfer-encoding": _, ...rest } = answer.headers;
      resolve({ status: answer.statusCode ?? 502, headers: rest as Answer["headers"], body: Buffer.concat(chunks) });
    });
    outgoing.once("error", reject);
    outgoing.end(body);
  });
}
