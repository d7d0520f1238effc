/** Looks at a declared file before anything is done with it, in preview: no network, so what lies behind an address is not judged. */
import type { Inspection } from "../../../engine/handler.ts";
import { hasUnknown } from "../../../engine/schema.ts";
import { type FileRules, hashOf, openLocal, typeOfContent, Unusable } from "./content.ts";
import { type FileInput, hashOfAsset, nameOf, sourceOf } from "./input.ts";

interface WithFile {
  readonly file: FileInput;
  readonly contentHash?: string | undefined;
}

/** What is known of a file that was looked at. */
export interface Seen {
  /** In bytes. */
  readonly size: number;
  /** As the content tells; undefined where it does not. */
  readonly type: string | undefined;
}

/** Fills in `contentHash` where the content is at hand; a change of it is what makes an update. `judge`: what else the kind wants to see. */
export async function inspectFile<I extends WithFile>(
  inputs: I,
  rules: FileRules,
  judge: (seen: Seen) => Promise<readonly string[]> | readonly string[] = () => [],
): Promise<Inspection<I>> {
  const { file, contentHash: declared } = inputs;
  if (hasUnknown(file) || hasUnknown(declared)) return { inputs, failures: [] };
  const fail = (...reasons: readonly string[]): Inspection<I> => ({
    inputs,
    failures: reasons.map((reason) => ({ path: "file", reason: `file: ${reason}` })),
  });
  const source = sourceOf(file);
  if (source.kind === "address") {
    const contentHash = declared ?? hashOfAsset(file);
    return { inputs: { ...inputs, ...(contentHash !== undefined && { contentHash }) }, failures: [] };
  }
  try {
    const blob = await openLocal(source);
    const type = await typeOfContent(source, blob, rules);
    const contentHash = await hashOf(source, blob);
    if (declared !== undefined && declared !== contentHash) {
      return fail(`the SHA-256 of ${nameOf(source)} is ${contentHash}, but contentHash is ${declared}`);
    }
    const reasons = await judge({ size: blob.size, type });
    return reasons.length > 0 ? fail(...reasons) : { inputs: { ...inputs, contentHash }, failures: [] };
  } catch (error) {
    if (error instanceof Unusable) return fail(error.message);
    throw error;
  }
}
