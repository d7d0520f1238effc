/** Hands the content of a declared file to a call. What lies behind an address is fetched into a temporary file first. Knows no kind. */
import { download } from "../../../client/download.ts";
import { InputError } from "../../../errors.ts";
import { type FileRules, hashOf, lookAt, type Opened, Unusable } from "./content.ts";
import { baseNameOf, type FileInput, nameOf, sourceOf } from "./input.ts";

export interface Content extends Opened {
  /** The file's own name, where it has one. */
  readonly name: string | undefined;
}

/**
 * Throws InputError, before `use` is called, for a file that the kind does not take, and for one that is not what was
 * looked at before: `contentHash` is what was planned. `what`: the object, for messages.
 */
export async function withContent<T>(
  { file, contentHash }: { file: FileInput; contentHash?: string | undefined },
  rules: FileRules,
  what: string,
  use: (content: Content) => Promise<T>,
): Promise<T> {
  const source = sourceOf(file);
  const fetched =
    source.kind === "address" ? await download(source.url, { maxBytes: rules.maxBytes, what }) : undefined;
  try {
    const opened = await lookAt(source, rules, fetched && { kind: "path", path: fetched.path });
    const hash = contentHash === undefined ? undefined : await hashOf(source, opened.blob);
    if (hash !== contentHash) {
      throw new Unusable(
        `the SHA-256 of ${nameOf(source)} is ${hash} now, but ${contentHash} was expected; run again, or correct contentHash`,
      );
    }
    return await use({ ...opened, name: baseNameOf(source) });
  } catch (error) {
    if (error instanceof Unusable) throw new InputError(`${what}: file: ${error.message}.`, { cause: error });
    throw error;
  } finally {
    await fetched?.remove();
  }
}
