/** Looks at a declared file before anything is done with it, in preview: no network, so what lies behind an address is not judged. */
import type { Inspection } from "../../../engine/handler.ts";
import { hasUnknown } from "../../../engine/schema.ts";
import { type FileRules, hashOf, lookAt, Unusable } from "./content.ts";
import { type FileInput, hashOfAsset, nameOf, refuseAddress, sourceOf } from "./input.ts";

interface WithFile {
  readonly file: FileInput;
  readonly contentHash?: string | undefined;
}

/** Fills in `contentHash` where the content is at hand; a change of it is what makes an update. */
export async function inspectFile<I extends WithFile>(inputs: I, rules: FileRules): Promise<Inspection<I>> {
  const { file, contentHash: declared } = inputs;
  if (hasUnknown(file) || hasUnknown(declared)) return { inputs, failures: [] };
  const fail = (reason: string): Inspection<I> => ({
    inputs,
    failures: [{ path: "file", reason: `file: ${reason}` }],
  });
  const source = sourceOf(file);
  if (source.kind === "address") {
    const reason = refuseAddress(source.url);
    if (reason !== undefined) return fail(reason);
    const contentHash = declared ?? hashOfAsset(file);
    return { inputs: { ...inputs, ...(contentHash !== undefined && { contentHash }) }, failures: [] };
  }
  try {
    const { blob } = await lookAt(source, rules);
    const contentHash = await hashOf(source, blob);
    if (declared !== undefined && declared !== contentHash) {
      return fail(`the SHA-256 of ${nameOf(source)} is ${contentHash}, but contentHash is ${declared}`);
    }
    return { inputs: { ...inputs, contentHash }, failures: [] };
  } catch (error) {
    if (error instanceof Unusable) return fail(error.message);
    throw error;
  }
}
