/** Checks a workspace's address before anything is sent there. */
import { ConfigurationError } from "../errors.ts";

const SETTING = "the address of the workspace (rocketchat:url)";

/** This very machine, by a host name as `URL` gives it. */
export const isLoopback = (hostname: string): boolean =>
  hostname === "localhost" ||
  hostname.endsWith(".localhost") ||
  hostname === "[::1]" ||
  /^127\.\d+\.\d+\.\d+$/.test(hostname);

/** What may be shown of an address that is wrong: never what stands before an "@". */
const shown = (text: string): string =>
  JSON.stringify(text.includes("@") ? `…${text.slice(text.lastIndexOf("@"))}` : text);

/**
 * The address without a trailing slash; a path in front of the API (a server under a sub-path) is kept. `what`: how messages call it.
 * Throws ConfigurationError.
 */
export function checkServerUrl(text: string, insecure: boolean, what = SETTING): string {
  const given = text.trim();
  if (given === "") throw new ConfigurationError(`${what} is empty`);
  const parsed = URL.canParse(given) ? new URL(given) : undefined;
  if (parsed === undefined || !/^https?:\/\//i.test(given)) {
    throw new ConfigurationError(`${what} must start with https:// (or http://), given ${shown(given)}`, {
      hint: "Write it as in the browser's address bar: https://chat.example.com",
    });
  }
  if (parsed.username !== "" || parsed.password !== "") {
    throw new ConfigurationError(`${what} must not contain a user name or password, given …@${parsed.host}`, {
      hint: "Give them as rocketchat:username and rocketchat:password (--secret) instead.",
    });
  }
  if (parsed.search !== "" || parsed.hash !== "") {
    throw new ConfigurationError(`${what} must not contain "?" or "#", given ${parsed.origin}${parsed.pathname}…`);
  }
  const path = parsed.pathname.replace(/\/+$/, "");
  if (/\/api(\/v1)?$/.test(path)) {
    throw new ConfigurationError(`${what} must be the workspace's root, given ${parsed.origin}${path}`, {
      hint: `Leave the API's path away: ${parsed.origin}${path.replace(/\/api(\/v1)?$/, "")}`,
    });
  }
  if (parsed.protocol === "http:" && !insecure && !isLoopback(parsed.hostname)) {
    throw new ConfigurationError(
      `plain http would send passwords and tokens unprotected to ${parsed.host}, so ${what} must be https`,
      { hint: "Use https://, or set rocketchat:insecure to true where the network in between is trusted." },
    );
  }
  return parsed.origin + path;
}
