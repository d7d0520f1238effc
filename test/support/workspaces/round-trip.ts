/** One round trip of a random workspace: out of a server, onto its own, onto an empty one, and out of that again. */
import { diff } from "../../../provider/engine/lifecycle.ts";
import { freshState } from "../../../provider/sandbox/core/fresh.ts";
import type { State } from "../../../provider/sandbox/core/state.ts";
import type { Version } from "../../../provider/sandbox/index.ts";
import { ADMIN, startServer, type TestServer } from "../server.ts";
import { applied, type Exported, exported, withSession } from "./exported.ts";
import { fill } from "./random/index.ts";
import { IMAGE, SOUND } from "./random/looks.ts";
import { truthOf } from "./truth.ts";

export interface RoundTrip {
  /** How many objects of each section the server was filled with. */
  readonly made: Readonly<Record<string, number>>;
  readonly first: Exported;
  /** Of the same server after the document was brought onto it. */
  readonly own: string;
  /** Of the server that began empty; `wanted`: so much of the first as it can have. */
  readonly again: string;
  readonly wanted: string;
  /** What the two servers hold, whatever the exports tell of it. */
  readonly truth: Readonly<Record<"first" | "own" | "again", readonly string[]>>;
  /** Routes of calls that may have changed something while the document was brought onto its own server. */
  readonly writes: readonly string[];
  /** Resources that a second run would change. */
  readonly differences: readonly string[];
}

/** Calls that bring nothing new onto the server where the document comes from. */
const ALLOWED_WRITES: Readonly<Record<string, string>> = {
  "POST /api/v1/emoji-custom.update": "the content of files can't be read back: taking one over sends it",
  "POST /api/v1/custom-sounds.update": "the content of files can't be read back: taking one over sends it",
  "POST /api/v1/findOrCreateInvite": "the server answers with the link that is there",
};

/** Routes of calls since the last `forget` that may have changed something. */
export const unwantedWrites = async (server: TestServer): Promise<string[]> =>
  Object.keys(await server.calls()).filter(
    (route) => !/^GET |\/log(in|out)$/.test(route) && !(route in ALLOWED_WRITES),
  );

/** Sections that are never exported: docs/export.md says why. */
export const NEVER_EXPORTED: readonly string[] = ["personalAccessTokens", "fileUploads"];

/** Lines of a document that an empty server can't have alike, and the maps that are empty without them. */
export const comparable = (text: string): string =>
  // What was left out of the document is not there.
  (text.split("# Not in this document:")[0] ?? "")
    .split("\n")
    // The account of the connection belongs to every room that it makes, and owns it.
    .filter((line) => !/^ {4}admin:/.test(line))
    .filter((line, index, lines) => !/^ {2}\S.*:$/.test(line) || /^ {3,}/.test(lines[index + 1] ?? ""))
    .join("\n");

/** A server, and what it holds now. */
export async function startKnown(version: Version) {
  const keeper = {
    state: freshState(version, ADMIN),
    save: async (state: State) => {
      keeper.state = state;
    },
  };
  const server = await startServer({ licence: true, keeper });
  return { server, truth: () => truthOf(keeper.state) };
}

const take = (url: string): Promise<Exported> =>
  exported(url, {
    include: ["*"],
    passwords: "random",
    file: async ({ kind }) => (kind === "CustomSound" ? SOUND : IMAGE),
  });

export async function roundTrip(seed: number, version: Version, { crowd = 0 } = {}): Promise<RoundTrip> {
  const source = await startKnown(version);
  const target = await startKnown(version);
  try {
    const { server } = source;
    const made = await fill(server.reader, { seed, version, crowd });
    const before = source.truth();
    const first = await take(server.url);
    const values = new Map(first.secrets.map(({ key, value }) => [key, value]));
    const secret = (key: string) => values.get(key);
    await server.forget();
    const adopted = await applied(server.url, first.text, secret);
    const writes = await unwantedWrites(server);
    const differences = await withSession(server.url, async (session) => {
      const changed: string[] = [];
      for (const { entry, inputs, id, outputs } of adopted) {
        const { changes } = await diff(session, entry.handler, id, outputs, inputs);
        if (changes !== false) changed.push(entry.path);
      }
      return changed;
    });
    const own = (await take(server.url)).text;

    await applied(target.server.url, first.text, secret);
    const second = (await take(target.server.url)).text;
    return {
      made,
      first,
      own,
      again: comparable(second),
      wanted: comparable(first.text),
      truth: { first: before, own: source.truth(), again: target.truth() },
      writes,
      differences,
    };
  } finally {
    for (const { server } of [source, target]) await server.close();
  }
}
