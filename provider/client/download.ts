/** Fetches a file from any address into a temporary one. Sends no credentials; has nothing to do with a Rocket.Chat server. */
import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { InputError } from "../errors.ts";

/** Where a kind names no limit of its own: 1 GiB. */
const MOST_BYTES = 1024 ** 3;
/** For the whole transfer, in milliseconds. */
const PATIENCE_MS = 10 * 60_000;

export interface Downloaded {
  readonly path: string;
  remove(): Promise<void>;
}

/** An address without what may be secret in it: user, password, query. */
export function plainAddress(url: string): string {
  const { origin, pathname } = URL.parse(url) ?? { origin: "", pathname: url.replace(/[?#].*$/s, "") };
  return `${origin}${pathname}`;
}

/** Throws InputError when the address does not answer with a file of at most `maxBytes` bytes. `what`: the object that needs it, for messages. */
export async function download(
  url: string,
  { maxBytes = MOST_BYTES, what }: { maxBytes?: number | undefined; what: string },
): Promise<Downloaded> {
  const failed = (why: string, cause?: unknown) =>
    new InputError(`${what}: file: "${plainAddress(url)}" could not be fetched: ${why}.`, { cause });
  const tooLarge = () => failed(`it has more than ${maxBytes.toLocaleString("en")} bytes`);
  const folder = await mkdtemp(join(tmpdir(), "pulumi-rocketchat-"));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (!answer.ok || answer.body === null) {
      await answer.body?.cancel();
      throw failed(`HTTP ${answer.status} ${answer.statusText}`.trim());
    }
    if (Number(answer.headers.get("content-length") ?? 0) > maxBytes) {
      await answer.body.cancel();
      throw tooLarge();
    }
    const path = join(folder, "content");
    let received = 0;
    await pipeline(
      Readable.fromWeb(answer.body),
      async function* limited(chunks: AsyncIterable<Uint8Array>) {
        for await (const chunk of chunks) {
          received += chunk.byteLength;
          if (received > maxBytes) throw tooLarge();
          yield chunk;
        }
      },
      createWriteStream(path, { mode: 0o600 }),
    );
    return { path, remove };
  } catch (error) {
    await remove();
    if (error instanceof InputError) throw error;
    const { cause, message } = error as { cause?: { code?: string; message?: string }; message?: string };
    throw failed(cause?.code ?? cause?.message ?? message ?? String(error), error);
  }
}
