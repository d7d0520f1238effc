/** A sandbox that the look-ups of this process ask by default, as a program's environment leads them to it. */
import { afterAll, beforeAll, beforeEach, vi } from "vitest";
import { closeAll } from "../../provider/functions/connection.ts";
import { ADMIN, startServer, type TestServer } from "./server.ts";

/** One server for a file's tests. Read `server` inside tests only. */
export function useServer(prepare?: (server: TestServer) => Promise<void>): { server: TestServer } {
  const held = {} as { server: TestServer };
  beforeAll(async () => {
    held.server = await startServer();
    await prepare?.(held.server);
  });
  beforeEach(() => {
    vi.stubEnv("ROCKETCHAT_URL", held.server.url);
    vi.stubEnv("ROCKETCHAT_USERNAME", ADMIN.username);
    vi.stubEnv("ROCKETCHAT_PASSWORD", ADMIN.password);
  });
  afterAll(async () => {
    await closeAll();
    vi.unstubAllEnvs();
    await held.server.close();
  });
  return held;
}

/** Calls that were sent while `act` ran, by the endpoint's name. */
export async function callsOf(server: TestServer, act: () => Promise<unknown>): Promise<Record<string, number>> {
  await server.forget();
  await act();
  const counts = Object.entries(await server.calls());
  return Object.fromEntries(counts.map(([route, count]) => [route.replace(/^\w+ \/api\/(v1\/)?/, ""), count]));
}
