/** When a declared file has to be sent again, and how a copy that somebody replaced on the server shows. Pure. */
import type { Change, Declared } from "../../../engine/handler.ts";
import type { FileInput } from "./input.ts";

interface WithFile {
  readonly file: FileInput;
  readonly contentHash?: string | undefined;
}

/** Without a hash, the address is all there is to compare. */
export function mustSend(inputs: WithFile, change: Change): boolean {
  if (change.reason === "created") return false;
  if (change.reason !== "updated") return true;
  const { file, contentHash } = change.previous as Partial<WithFile>;
  if (file === undefined || inputs.contentHash !== contentHash) return true;
  return inputs.contentHash === undefined && inputs.file !== file;
}

/** Stands in the state instead of the hash after a refresh that found another copy on the server. */
const REPLACED = "replaced on the server";

/** `revision`: changes whenever the server's copy is written. What the state holds against what the server tells. */
export const driftOf = (revision: string | undefined, state: Declared | undefined): { contentHash?: string } =>
  state?.revision === undefined || state.revision === revision ? {} : { contentHash: REPLACED };
