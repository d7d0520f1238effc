/** Turns an HTTP request into a parsed one: JSON, form and multipart bodies, query text. Knows no route. */
import type { IncomingMessage } from "node:http";
import { buffer } from "node:stream/consumers";
import { readMultipart } from "./multipart.ts";
import type { Request } from "./route.ts";

export function parseQuery(params: Iterable<[string, string]>): Record<string, unknown> {
  const query: Record<string, unknown> = {};
  for (const [name, value] of params) {
    const list = name.endsWith("[]");
    const key = list ? name.slice(0, -2) : name;
    const known = query[key];
    if (known === undefined) query[key] = list ? [value] : value;
    else query[key] = Array.isArray(known) ? [...known, value] : [known, value];
  }
  return query;
}

/** Whatever can't be parsed is an empty body: the server then tells of missing members, never of JSON. */
async function readBody(incoming: IncomingMessage): Promise<Pick<Request, "body" | "files" | "list">> {
  const empty = { body: {}, files: [] };
  const contentType = incoming.headers["content-type"] ?? "";
  if (contentType.startsWith("multipart/form-data")) return (await readMultipart(incoming, contentType)) ?? empty;
  const raw = await buffer(incoming);
  if (raw.length === 0) return empty;
  try {
    if (contentType.startsWith("application/x-www-form-urlencoded"))
      return { body: parseQuery(new URLSearchParams(raw.toString())), files: [] };
    const json: unknown = JSON.parse(raw.toString());
    if (Array.isArray(json)) return { ...empty, list: json };
    return typeof json === "object" && json !== null ? { body: json as Record<string, unknown>, files: [] } : empty;
  } catch {
    return empty;
  }
}

export async function readRequest(incoming: IncomingMessage): Promise<Request> {
  const body = await readBody(incoming);
  const url = new URL(incoming.url ?? "/", "http://sandbox");
  const headers: Request["headers"] = {};
  for (const [name, value] of Object.entries(incoming.headers)) headers[name] = Array.isArray(value) ? value[0] : value;
  return {
    method: incoming.method ?? "GET",
    path: url.pathname,
    query: parseQuery(url.searchParams),
    ...body,
    headers,
    address: incoming.socket.remoteAddress ?? "",
  };
}
