/** A project in a folder of its own, with a state that the Pulumi CLI 3.260 wrote or none. */
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import {
  type Backend,
  type Keyring,
  loadProject,
  type OpenStackOptions,
  openBackend,
  openStack,
  type Project,
  type Resource,
  type StackStore,
} from "../../../../provider/runner/state/index.ts";
import { fixtures, passphrase, salt } from "./samples.ts";

export * from "./samples.ts";

export interface Workbench {
  readonly dir: string;
  readonly project: Project;
  readonly backend: Backend;
  readonly env: Record<string, string>;
  /** Paths of the stack "dev". */
  readonly checkpoint: string;
  readonly journal: string;
  open(options?: Partial<OpenStackOptions>): Promise<StackStore>;
  /** The checkpoint on disk. */
  read(): Promise<{ resources: Resource[]; pending: { type: string; resource: Resource }[]; text: string }>;
}

/** A folder that goes when the test ends. */
export async function temporaryFolder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "state-"));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

/** A project "golden" whose stack "dev" has the fixture as its checkpoint, or doesn't exist yet. */
export async function workbench(keyring: Keyring, fixture?: "checkpoint" | "checkpoint-pending"): Promise<Workbench> {
  const dir = await temporaryFolder();
  await writeFile(join(dir, "Pulumi.yaml"), "name: golden\nruntime: nodejs\n");
  const project = await loadProject(dir);
  const env = {
    PULUMI_BACKEND_URL: "file://./backend",
    PULUMI_HOME: join(dir, "home"),
    PULUMI_CONFIG_PASSPHRASE: passphrase,
  };
  const backend = await openBackend({ project, env });
  const checkpoint = join(backend.root, ".pulumi/stacks/golden/dev.json");
  if (fixture) {
    await mkdir(dirname(checkpoint), { recursive: true });
    await cp(join(fixtures, `${fixture}.json`), checkpoint);
  }
  const stores: StackStore[] = [];
  onTestFinished(async () => {
    for (const store of stores) await store.close();
  });
  return {
    dir,
    project,
    backend,
    env,
    checkpoint,
    journal: `${checkpoint}.journal`,
    async open(options = {}) {
      const store = await openStack({
        backend,
        project: "golden",
        stack: "dev",
        keyring,
        salt,
        write: true,
        ...options,
      });
      stores.push(store);
      return store;
    },
    async read() {
      const text = await readFile(checkpoint, "utf8");
      const { latest } = JSON.parse(text).checkpoint;
      return { text, resources: latest.resources ?? [], pending: latest.pending_operations ?? [] };
    },
  };
}
