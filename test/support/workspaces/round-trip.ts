/** One round trip of a random workspace: out of a server, onto its own, onto an empty one, and out of that again. */

import { diff } from "../../../provider/engine/lifecycle.ts";
import type { Version } from "../../../provider/sandbox/index.ts";
import { startServer } from "../server.ts";
import { applied, type Exported, exported, withSession } from "./exported.ts";
import { fill, IMAGE, SOUND } from "./random.ts";

export interface RoundTrip {
  readonly made: Readonly<Record<string, number>>;
  readonly first: string;
  /** Of the same server after the document was brought onto it. */
  readonly own: string;
  /** Of the server that began empty, as far as it can be alike; `wanted`: so much of the first. */
  readonly again: string;
  readonly wanted: string;
  /** Routes of calls that changed something while the document was brought onto its own server. */
  readonly writes: readonly string[];
  /** Resources that a second run would change. */
  readonly differences: readonly string[];
}

/**
 * Without what an empty server can't have alike: the account of the connection belongs to every room that it makes, and what was
 * left out of the document is not there.
 */
const comparable = (text: string): string =>
  (text.split("# Not in this document:")[0] ?? "")
    .split("\n")
    .filter((line) => !/^ {4}admin:/.test(line))
    .filter((line, index, lines) => !/^ {2}\S.*:$/.test(line) || /^ {3,}/.test(lines[index + 1] ?? ""))
    .join("\n");

export async function roundTrip(seed: number, version: Version, { bigRoom = 0 } = {}): Promise<RoundTrip> {
  const servers = [await startServer({ version, licence: true })];
  try {
    const server = servers[0]!;
    const take = (url: string): Promise<Exported> =>
      exported(url, {
        include: ["*"],
        exclude: ["roleMembers", "reactions"],
        passwords: "random",
        file: async ({ kind }) => (kind === "CustomSound" ? SOUND : IMAGE),
      });
    const { made } = await fill(server.reader, seed, { bigRoom, isNew: version === "8.6.1" });
    const first = await take(server.url);
    const values = new Map(first.secrets.map(({ key, value }) => [key, value]));
    const secret = (key: string) => values.get(key);
    await server.forget();
    const adopted = await applied(server.url, first.text, secret);
    const writes = Object.keys(await server.calls()).filter((route) => !/^GET |\/log(in|out)$/.test(route));
    const differences = await withSession(server.url, async (session) => {
      const changed: string[] = [];
      for (const { entry, inputs, id, outputs } of adopted) {
        const { changes } = await diff(session, entry.handler, id, outputs, inputs);
        if (changes !== false) changed.push(entry.path);
      }
      return changed;
    });
    const own = (await take(server.url)).text;

    const empty = await startServer({ version, licence: true });
    servers.push(empty);
    await applied(empty.url, first.text, secret);
    const second = (await take(empty.url)).text;
    return {
      made,
      first: first.text,
      own,
      again: comparable(second),
      wanted: comparable(first.text),
      writes,
      differences,
    };
  } finally {
    for (const server of servers) await server.close();
  }
}
