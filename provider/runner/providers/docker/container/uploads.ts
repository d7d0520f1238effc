/** Files that go into a container before it starts, as the engine takes them: a tar archive. */
import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import type { Container } from "dockerode";
import { messageOf, RunnerError } from "../../../errors.ts";
import type { Properties } from "../../../values.ts";
import { found } from "../engine.ts";

const BLOCK = 512;

export async function archiveOf(uploads: readonly Properties[]): Promise<Buffer> {
  const parts: Buffer[] = [];
  for (const upload of uploads) {
    const content = await contentOf(upload);
    const mode = upload.permissions
      ? Number.parseInt(String(upload.permissions), 8)
      : upload.executable
        ? 0o744
        : 0o644;
    const padding = Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK);
    parts.push(header(String(upload.file), mode, content.length), content, padding);
  }
  return Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)]);
}

/** True when the container has these files as they would be uploaded. */
export async function sameFiles(container: Container, uploads: readonly Properties[]): Promise<boolean> {
  for (const upload of uploads) {
    const archive = await found(container.getArchive({ path: String(upload.file) }));
    if (!archive || !(await contentOf(upload)).equals(firstFile(await buffer(archive)))) return false;
  }
  return true;
}

/** The content of the first real file in an archive; other entries (a longer name, say) come before it. */
function firstFile(archive: Buffer): Buffer {
  for (let at = 0; at + BLOCK <= archive.length; ) {
    const size = Number.parseInt(archive.toString("latin1", at + 124, at + 135), 8) || 0;
    const from = at + BLOCK;
    if (archive[at + 156] === "0".charCodeAt(0)) return archive.subarray(from, from + size);
    at = from + Math.ceil(size / BLOCK) * BLOCK;
  }
  return Buffer.alloc(0);
}

/** Of the format "ustar": numbers are octal text, and the sum is taken with its own place full of spaces. */
function header(file: string, mode: number, size: number): Buffer {
  const name = file.replace(/^\/+/, "");
  if (Buffer.byteLength(name) > 100) throw new RunnerError(`The path of the upload ${file} is longer than 100 bytes.`);
  const block = Buffer.alloc(BLOCK);
  const octal = (value: number, width: number) => value.toString(8).padStart(width, "0");
  block.write(name, 0);
  block.write(octal(mode, 7), 100);
  block.write(octal(0, 7), 108);
  block.write(octal(0, 7), 116);
  block.write(octal(size, 11), 124);
  block.write(octal(Math.floor(Date.now() / 1000), 11), 136);
  block.write("        ", 148);
  block.write("0", 156);
  block.write("ustar\u000000", 257);
  block.write(
    `${octal(
      block.reduce((sum, byte) => sum + byte, 0),
      6,
    )}\0 `,
    148,
  );
  return block;
}

async function contentOf({ content, contentBase64, source, file }: Properties): Promise<Buffer> {
  const given = [content, contentBase64, source].filter(Boolean);
  if (given.length !== 1) {
    throw new RunnerError(`The upload of ${file} needs exactly one of content, contentBase64 and source.`);
  }
  if (content) return Buffer.from(String(content), "utf8");
  if (contentBase64) return Buffer.from(String(contentBase64), "base64");
  try {
    return await readFile(String(source));
  } catch (error) {
    throw new RunnerError(`The file to upload to ${file} can't be read: ${messageOf(error)}`, { cause: error });
  }
}
