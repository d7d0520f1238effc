/** The world of `world.ts` as a stack on a sandbox of its own, with the commands run in this process. */
import { copyFileSync, rmSync } from "node:fs";
import path from "node:path";
import { onTestFinished, vi } from "vitest";
import { freshState } from "../../../provider/sandbox/core/fresh.ts";
import { documentBench } from "../command-line.ts";
import { stateIn } from "../open-state.ts";
import { ADMIN, startServer } from "../server.ts";
import { type Managed, managedIn } from "./act.ts";
import { WORLD } from "./world.ts";

const FILES = path.join(import.meta.dirname, "../../fixtures/files");

/** One argument that was found to differ, or what is gone. */
export interface Found {
  readonly kind: string;
  readonly resource: string;
  readonly op: string;
  readonly fields: readonly { readonly key: string }[];
}

/** `Channel acme/reports: topic`; without an argument: the object as a whole. */
export const nameOf = (kind: string, resource: string, key?: string): string =>
  `${kind} ${resource}${key === undefined ? "" : `: ${key}`}`;

export async function driftStack() {
  const state = freshState("8.6.1", ADMIN);
  const server = await startServer({ licence: true, keeper: { state, save: async () => undefined } });
  onTestFinished(() => server.close());
  await server.control("rate-limit", { calls: 1_000_000, seconds: 1 });
  // Messages under another name need it; a document could not say that it comes first.
  const permission = { _id: "message-impersonate", roles: ["admin", "bot"] };
  await server.reader.post("permissions.update", { permissions: [permission] });
  const at = documentBench(server.url, WORLD);
  vi.stubEnv("DRIFT_SECRET", "Drift-Secret-1865!");
  for (const file of ["dot.png", "tick.wav"]) copyFileSync(path.join(FILES, file), path.join(at.folder, file));
  const up = await at.run("up", "--yes", "--skip-preview", "--engine", "embedded");
  if (up.code !== 0) throw new Error(up.stderr + up.stdout);

  return {
    at,
    server,
    /** The server's own store. */
    state,
    /** What the state holds, secrets opened. */
    async managed(): Promise<{ all: Managed[]; find: (kind: string, name: string) => Managed }> {
      at.write("Pulumi.yaml", "name: acme\nruntime: nodejs\n");
      const { resources } = await stateIn(at.folder, process.env);
      rmSync(path.join(at.folder, "Pulumi.yaml"));
      const all = managedIn(resources);
      const find = (kind: string, name: string): Managed => {
        const found = all.find((one) => one.kind === kind && one.name === name);
        if (found === undefined) throw new Error(`The state holds no ${kind} ${name}.`);
        return found;
      };
      return { all, find };
    },
    /** Sorted. */
    async found(): Promise<string[]> {
      const { stdout } = await at.run("drift", "--json");
      const { changes, problems } = JSON.parse(stdout) as { changes: Found[]; problems: string[] };
      if (problems.length > 0) throw new Error(problems.join("\n"));
      const names = changes.flatMap(({ kind, resource, op, fields }) =>
        op === "delete" ? [nameOf(kind, resource)] : fields.map(({ key }) => nameOf(kind, resource, key)),
      );
      return names.sort();
    },
  };
}

export type DriftStack = Awaited<ReturnType<typeof driftStack>>;
