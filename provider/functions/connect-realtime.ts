/** `connectRealtime`: messages as they come, for scripts and services beside a program. Knows no protocol. */
import type { Credentials } from "../client/client.ts";
import { openRealtime } from "../client/realtime/connect.ts";
import type { Realtime, RealtimeOptions } from "../client/realtime/realtime.ts";
import { resolveConnection } from "../engine/connection.ts";
import { ConfigurationError } from "../errors.ts";

export type {
  MessageStream,
  Realtime,
  RealtimeEvent,
  RealtimeOptions,
  RoomMessage,
} from "../client/realtime/realtime.ts";

/** Where to connect, as whom, and what to be told. */
export interface ConnectRealtimeOptions extends RealtimeOptions {
  /** The workspace's address. With neither this nor `credentials`, both come from the environment: `ROCKETCHAT_URL` and so on. */
  readonly url?: string;
  /** A token, `{ userId, authToken }`, or `{ username, password }`, which logs in and logs out again. */
  readonly credentials?: Credentials;
  /** Plain http to anything but loopback is refused without it. */
  readonly insecure?: boolean;
  /** Milliseconds for connecting and for each answer. Default 30,000. */
  readonly requestTimeoutMs?: number;
}

/**
 * Connects to a workspace's realtime API (`/websocket`) and comes back by itself after an interruption, with what was posted
 * meanwhile. Not for resources: a program that waits for messages would never end.
 *
 * ```ts
 * const realtime = await connectRealtime({ onEvent: console.error });
 * for await (const message of await realtime.messages("#general")) console.log(message.author.username, message.text);
 * ```
 *
 * @throws ConfigurationError, AuthenticationError, TwoFactorRequiredError, NetworkError (also where a proxy does not pass WebSockets).
 */
export async function connectRealtime(options: ConnectRealtimeOptions = {}): Promise<Realtime> {
  const { url, credentials, insecure, requestTimeoutMs, ...rest } = options;
  const given = {
    ...(insecure !== undefined && { insecure }),
    ...(requestTimeoutMs !== undefined && { requestTimeoutMs }),
    ...rest,
  };
  if (url !== undefined && credentials !== undefined) return openRealtime({ url, credentials, ...given });
  // credentials of the environment are for the server that it names
  if (url !== undefined || credentials !== undefined) {
    throw new ConfigurationError(`connectRealtime: ${url === undefined ? "url" : "credentials"} is missing`, {
      hint: "Give both, or neither: then they come from ROCKETCHAT_URL, ROCKETCHAT_USER_ID and ROCKETCHAT_AUTH_TOKEN.",
    });
  }
  return openRealtime({ ...resolveConnection(() => undefined).client, ...given });
}
