/** Compares a file with what the workspace lets people send. The server is asked once per connection, and only when a file is to be sent. */
import { type UploadLimits, uploadLimits } from "../../client/api/uploads.ts";
import type { Client } from "../../client/client.ts";
import type { Seen } from "../base/files/content.ts";

const asked = new WeakMap<Client, Promise<UploadLimits>>();

function limitsOf(client: Client): Promise<UploadLimits> {
  const known = asked.get(client) ?? uploadLimits(client);
  asked.set(client, known);
  known.catch(() => asked.delete(client));
  return known;
}

const matches = (type: string, patterns: readonly string[]): boolean =>
  patterns.some(
    (pattern) => pattern === "*" || pattern === "*/*" || pattern === type || pattern === `${type.split("/")[0]}/*`,
  );

/** Why the workspace would refuse the file; empty when it would not. */
export async function refusedFor(client: Client, what: string, { size, type }: Required<Seen>): Promise<string[]> {
  const { enabled, maxBytes, allowed, refused } = await limitsOf(client);
  const reasons: string[] = [];
  if (!enabled) reasons.push("this workspace takes no files (setting FileUpload_Enabled)");
  if (maxBytes !== undefined && size > maxBytes) {
    const limit = `${maxBytes.toLocaleString("en")} bytes (setting FileUpload_MaxFileSize)`;
    reasons.push(`${what} has ${size.toLocaleString("en")} bytes, but this workspace takes files of at most ${limit}`);
  }
  if (type !== undefined && (matches(type, refused) || (allowed.length > 0 && !matches(type, allowed)))) {
    const lists = "settings FileUpload_MediaTypeWhiteList and FileUpload_MediaTypeBlackList";
    reasons.push(`${what} is of the media type ${type}, which this workspace does not take (${lists})`);
  }
  return reasons;
}
