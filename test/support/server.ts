/** A sandbox with test controls, and an independent look at it. */
import { type SandboxOptions, startSandbox } from "../../provider/sandbox/index.ts";
import { type Json, Reader } from "./reader.ts";

export const ADMIN = { username: "admin", password: "supersecret" } as const;

export interface TestServer {
  readonly url: string;
  readonly reader: Reader;
  /** Calls answered since the last `forget`, by "METHOD route", the reader's own among them. */
  calls(): Promise<Record<string, number>>;
  /** Clears the counts. */
  forget(): Promise<void>;
  /** POST to a test control: "faults", "rate-limit", "advance-clock". */
  control(name: string, body: unknown): Promise<void>;
  /** Ends all faults. */
  mend(): Promise<void>;
  close(): Promise<void>;
}

export async function startServer(options: Omit<SandboxOptions, "testControls" | "admin"> = {}): Promise<TestServer> {
  const sandbox = await startSandbox({ ...options, testControls: true, admin: ADMIN });
  const at = (name: string) => `${sandbox.url}/_control/${name}`;
  return {
    url: sandbox.url,
    reader: await Reader.connect(sandbox.url, ADMIN.username, ADMIN.password),
    calls: async () => (await (await fetch(at("calls"))).json()) as Record<string, number>,
    forget: async () => void (await fetch(at("calls"), { method: "DELETE" })),
    async control(name, body) {
      const answer = await fetch(at(name), {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      if (!answer.ok) throw new Error(`/_control/${name}: ${JSON.stringify((await answer.json()) as Json)}`);
    },
    mend: async () => void (await fetch(at("faults"), { method: "DELETE" })),
    close: () => sandbox.close(),
  };
}
