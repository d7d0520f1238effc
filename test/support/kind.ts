/** Drives one kind's handler through the engine's own functions, against a sandbox, with a real client. */
import { createClient } from "../../provider/client/create-client.ts";
import { create } from "../../provider/engine/create.ts";
import type { AnyHandler, Declared } from "../../provider/engine/handler.ts";
import { type Diff, diff, type ReadResult, read, remove, update } from "../../provider/engine/lifecycle.ts";
import { Session } from "../../provider/engine/session.ts";
import type { Outputs } from "../../provider/engine/state.ts";
import type { SandboxOptions } from "../../provider/sandbox/index.ts";
import { ADMIN, startServer, type TestServer } from "./server.ts";

/** What the engine records of a resource. */
export interface Recorded {
  readonly id: string;
  readonly outputs: Outputs;
}

export interface KindRun {
  readonly server: TestServer;
  /** Lines for the user. */
  readonly log: string[];
  create(inputs: Declared): Promise<Recorded>;
  /** Undefined when gone. */
  read(recorded: Recorded): Promise<ReadResult | undefined>;
  update(recorded: Recorded, inputs: Declared): Promise<Recorded>;
  remove(recorded: Recorded, onDestroy?: string): Promise<void>;
  diff(recorded: Recorded, inputs: Declared): Promise<Diff>;
  /** Writes of the provider while `act` ran: "users.update" → 1. Log-ins and reads are left out. */
  writesOf(act: () => Promise<unknown>): Promise<Record<string, number>>;
  /** Reads, by the same names. */
  readsOf(act: () => Promise<unknown>): Promise<Record<string, number>>;
  /** Another run of the program: nothing is remembered but what was recorded. */
  nextRun(): Promise<void>;
  close(): Promise<void>;
}

export async function startKind(
  handler: AnyHandler,
  options: Omit<SandboxOptions, "testControls" | "admin"> = {},
): Promise<KindRun> {
  const server = await startServer(options);
  const log: string[] = [];
  const begin = () =>
    new Session(createClient({ url: server.url, credentials: ADMIN, retry: "rapid" }), "default", (line) =>
      log.push(line),
    );
  let session = begin();

  const countsOf = async (act: () => Promise<unknown>, isWanted: (method: string, name: string) => boolean) => {
    await server.forget();
    await act();
    const counts = Object.entries(await server.calls()).map(([route, count]) => {
      const [method = "", path = ""] = route.split(" ");
      return { method, name: path.replace("/api/v1/", ""), count };
    });
    return Object.fromEntries(
      counts.filter(({ method, name }) => isWanted(method, name)).map(({ name, count }) => [name, count]),
    );
  };

  return {
    server,
    log,
    create: (inputs) => create(session, handler, inputs),
    read: async ({ id, outputs }) => read(session, handler, id, outputs),
    update: async ({ id, outputs }, inputs) => ({ id, outputs: await update(session, handler, id, outputs, inputs) }),
    async remove({ id, outputs }, onDestroy) {
      session.release(handler.kind, id);
      await remove(session, handler, id, onDestroy === undefined ? outputs : { ...outputs, onDestroy });
    },
    diff: ({ id, outputs }, inputs) => diff(session, handler, id, outputs, inputs),
    writesOf: (act) => countsOf(act, (method, name) => method !== "GET" && name !== "login" && name !== "logout"),
    readsOf: (act) => countsOf(act, (method) => method === "GET"),
    async nextRun() {
      await session.client.close();
      session = begin();
    },
    async close() {
      await session.client.close();
      await server.close();
    },
  };
}
