/**
 * The state layer of the embedded runner: the one import for the layers above.
 *
 * A run: `loadProject` → `openBackend` → `chooseStack` → `openStackFile` (config, salt) → `openStack` → begin / finish /
 * record … → `save` → `close`.
 */
export { openBackend } from "./backend.ts";
export { StateError } from "./errors.ts";
export { createKeyring } from "./keyring.ts";
export { loadProject, type Project } from "./project.ts";
export { isSecret, SECRET, SIGNATURE, secret, unwrap } from "./secret.ts";
export { openStackFile, type StackFile } from "./stack-file.ts";
export {
  chooseStack,
  listStacks,
  readSelectedStack,
  releaseLocks,
  removeStack,
  stackExists,
  writeSelectedStack,
} from "./stacks.ts";
export { openStack } from "./store.ts";
export type * from "./types.ts";
