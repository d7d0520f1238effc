/** A sandbox with a few people and a room, the provider front as the engine calls it, and an independent look at the server. */

import { forKind } from "../../provider/dynamic.ts";
import { loader } from "../../provider/kinds/base/loader.ts";
import { startSandbox } from "../../provider/sandbox/index.ts";

export type Properties = Record<string, unknown>;
type Front = ReturnType<typeof forKind>;

export const PASSWORD = "supersecret";

export async function startWorkspace() {
  const sandbox = await startSandbox({ testControls: true, licence: true });
  const { url } = sandbox;
  const fronts: Front[] = [];
  const lines: string[] = [];

  const http = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const response = await fetch(url + path, {
      method,
      headers: { "content-type": "application/json", ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return (await response.json()) as Record<string, never>;
  };
  const login = await http("POST", "/api/v1/login", { user: "admin", password: PASSWORD });
  const { userId, authToken } = login.data as unknown as { userId: string; authToken: string };
  const headers = { "X-User-Id": userId, "X-Auth-Token": authToken };

  /** As admin, past the provider. */
  const api = (method: string, path: string, body?: unknown) => http(method, `/api/v1/${path}`, body, headers);
  const control = (method: string, path: string, body?: unknown) => http(method, `/_control/${path}`, body);
  // Every "process" logs in anew; the server's ten log-ins a minute are other tests' matter.
  await control("POST", "rate-limit", { calls: 1_000_000, seconds: 1 });

  /** A provider process of its own: its sessions know nothing of earlier ones. */
  const front = (kind: string, config: Record<string, string> = {}): Front => {
    const values: Record<string, string> = {
      "rocketchat:url": url,
      // A token rather than a log-in, of which a server allows ten a minute; the password answers the second factor.
      "rocketchat:userId": userId,
      "rocketchat:authToken": authToken,
      "rocketchat:password": PASSWORD,
      ...config,
    };
    const provider = forKind(kind, 1);
    provider.configure({ config: { get: (key) => values[key] }, log: (line) => lines.push(line) });
    fronts.push(provider);
    return provider;
  };

  return {
    sandbox,
    url,
    credentials: { userId, authToken, password: PASSWORD },
    api,
    control,
    front,
    lines,
    inputs: (kind: string, inputs: Properties): Properties => ({ ...inputs, __provider: loader(kind) }),
    /** Calls since the last time, by "METHOD path". */
    async calls(): Promise<Record<string, number>> {
      return (await control("GET", "calls?clear=1")) as unknown as Record<string, number>;
    },
    async person(username: string, roles: string[] = ["user"]) {
      const { user } = await api("POST", "users.create", {
        username,
        name: username,
        email: `${username}@example.test`,
        password: `Passw0rd!${username}`,
        roles,
      });
      return user as unknown as { _id: string; username: string };
    },
    /** Ends all provider "processes", as the engine does after an operation. */
    async endProcesses() {
      for (const provider of fronts.splice(0)) await provider.dispose();
    },
    async close() {
      for (const provider of fronts.splice(0)) await provider.dispose();
      await sandbox.close();
    },
  };
}

export type Workspace = Awaited<ReturnType<typeof startWorkspace>>;

/** Calls that change something. */
export const writes = (calls: Record<string, number>): Record<string, number> =>
  Object.fromEntries(
    Object.entries(calls).filter(
      ([route]) => !route.startsWith("GET ") && route !== "POST /api/v1/login" && route !== "POST /api/v1/logout",
    ),
  );

export const total = (calls: Record<string, number>): number =>
  Object.values(calls).reduce((sum, count) => sum + count, 0);
