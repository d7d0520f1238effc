/**
 * The state layer of the embedded runner: the one import for the layers above.
 *
 * A run: `loadProject` → `openBackend` → `findStack` → `openStackFile` (config, salt) → `openStack` → begin / finish /
 * record … → `save` → `close`.
 */
export { openBackend } from "./backend.ts";
export { parseKey } from "./config.ts";
export { type ConfigPath, parsePath, valueAt } from "./config-path.ts";
export { fileError, NoStackError, noStackOf, StateError } from "./errors.ts";
export { writeFileSafely } from "./files.ts";
export { recordUpdate, type UpdateRecord } from "./history.ts";
export { type AskPassphrase, createKeyring } from "./keyring.ts";
export { type HeldLock, readLocks, releaseLocks } from "./lock.ts";
export { loadProject, type Project } from "./project.ts";
export { hasJournal, readSealedState, type SealedState } from "./sealed-state.ts";
export { isSecret, SECRET, SIGNATURE, secret, unwrap } from "./secret.ts";
export { readSelectedStack, writeSelectedStack } from "./selection.ts";
export { removeStack, renameStack } from "./stack-care.ts";
export { openStackFile, type StackFile, stackFilePath } from "./stack-file.ts";
export {
  findStack,
  listProjects,
  listStacks,
  parseStackName,
  severalStacks,
  stackExists,
} from "./stacks.ts";
export { openStack } from "./store.ts";
export { exportDeployment, importDeployment } from "./transfer.ts";
export type * from "./types.ts";
