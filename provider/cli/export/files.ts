/** Puts the files of exported objects beside the document. */
import { cpSync, mkdirSync } from "node:fs";
import path from "node:path";
import { download } from "../../client/download.ts";
import type { AnyHandler } from "../../engine/handler.ts";

/** A path relative to `folder`. The same object gets the same name in every export. */
export async function fetchFile(folder: string, handler: AnyHandler, name: string, url: string): Promise<string> {
  const { pathname } = new URL(url);
  const { section } = handler.schema.document;
  const plain = name.replaceAll(/[^\p{L}\p{N}._-]+/gu, "_").replace(/^\.+/, "_");
  const relative = path.posix.join("files", section, `${plain}${path.extname(pathname)}`);
  const fetched = await download(url, { what: `${handler.kind} "${name}"` });
  try {
    mkdirSync(path.dirname(path.join(folder, relative)), { recursive: true });
    cpSync(fetched.path, path.join(folder, relative));
  } finally {
    await fetched.remove();
  }
  return relative;
}
