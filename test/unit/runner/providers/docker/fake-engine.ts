/** A Docker Engine that says what a test wants of it, on a socket of its own. Keeps nothing. */
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";

export interface Call {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** Credentials for a registry. */
  readonly auth: unknown;
}

/** `undefined`: 404. A body that is text goes out as it is. "hang up": there is no answer. */
export type Answer = { readonly status?: number; readonly body?: unknown } | "hang up" | undefined;

export async function fakeEngine(answer: (call: Call) => Answer): Promise<{ host: string; calls: Call[] }> {
  const folder = mkdtempSync(path.join(tmpdir(), "engine-"));
  const socket = path.join(folder, "engine.sock");
  const calls: Call[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const url = new URL(request.url ?? "/", "http://engine");
      const text = Buffer.concat(chunks).toString("utf8");
      const isJson = request.headers["content-type"] === "application/json" && text !== "";
      const header = request.headers["x-registry-auth"];
      const auth: unknown = header && JSON.parse(Buffer.from(String(header), "base64url").toString("utf8"));
      const body: unknown = isJson ? JSON.parse(text) : text;
      const call = {
        method: request.method ?? "",
        path: url.pathname,
        query: Object.fromEntries(url.searchParams),
        body,
        auth,
      };
      if (call.path !== "/_ping") calls.push(call);
      const said = call.path === "/_ping" ? { body: "OK" } : answer(call);
      if (said === "hang up") return void request.socket.destroy();
      const { status = 200, body: content = "" } = said ?? {
        status: 404,
        body: { message: `no such thing: ${call.path}` },
      };
      response.writeHead(status, { "content-type": "application/json", connection: "close" });
      response.end(typeof content === "string" || Buffer.isBuffer(content) ? content : JSON.stringify(content));
    });
  });
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return { host: `unix://${socket}`, calls };
}
