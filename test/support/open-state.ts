/** A stack's state as it lies on the disk, secrets opened; read without a lock. */
import {
  createKeyring,
  loadProject,
  openBackend,
  openStack,
  openStackFile,
  type PendingOperation,
  type Resource,
} from "../../provider/runner/state/index.ts";

/** `env` says where the backend is and what the passphrase. */
export async function stateIn(
  folder: string,
  env: NodeJS.ProcessEnv,
): Promise<{ resources: readonly Resource[]; pending: readonly PendingOperation[] }> {
  const project = await loadProject(folder);
  const keyring = createKeyring(env);
  const backend = await openBackend({ project, env });
  const { salt = "" } = await openStackFile(project, "dev");
  const store = await openStack({ backend, project: project.name, stack: "dev", keyring, salt, write: false });
  const { resources, pending } = store;
  await store.close();
  return { resources, pending };
}
