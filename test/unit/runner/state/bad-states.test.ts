/** Every way a state can be bad: one message with what to do, and all files as they were. */
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { expect, test } from "vitest";
import { createKeyring, type OpenStackOptions, StateError } from "../../../../provider/runner/state/index.ts";
import { checkpointOf, exportOf, sound } from "./verify/cases.ts";
import { a, inA, stack, states } from "./verify/shapes.ts";
import { fixtureKeyring, thing, type Workbench, workbench } from "./workbench.ts";

const keyring = fixtureKeyring();
const good = checkpointOf(sound());
const of = (...[edit]: Parameters<typeof exportOf>) => checkpointOf(exportOf(edit));

interface Bad {
  readonly name: string;
  /** Content of dev.json; the good one when left out. */
  readonly state?: string | Uint8Array;
  readonly arrange?: (bench: Workbench) => Promise<unknown>;
  readonly open?: Partial<OpenStackOptions>;
  /** What is wrong, and what to do. */
  readonly says: RegExp;
}

const put = (name: string, content: string | Uint8Array) => (bench: Workbench) =>
  writeFile(join(dirname(bench.checkpoint), name), content);
const instead = (name: string, content: Uint8Array) => async (bench: Workbench) => {
  await rm(bench.checkpoint);
  await put(name, content)(bench);
};
const restore = /dev\.json\.bak beside it\. Put a copy of your own/;
const both = (what: RegExp, advice: RegExp) => new RegExp(`${what.source}[\\s\\S]*\\n  [\\s\\S]*${advice.source}`);

/** A journal of one creation on the good state, its lines changed. */
const journal = (change: (lines: string[]) => string[]) => async (bench: Workbench) => {
  const store = await bench.open();
  for (const name of ["x", "y"]) await store.record({ put: thing(name, { parent: stack().urn }) });
  await store.close();
  const lines = (await readFile(bench.journal, "utf8")).split("\n").slice(0, -1);
  await writeFile(bench.journal, `${change(lines).join("\n")}\n`);
};
const moveAway = /move it away \(mv \S*journal \S*damaged\) and run refresh/;

const bad: Bad[] = [
  { name: "empty", state: "", says: both(/dev\.json can't be used: it is empty/, restore) },
  { name: "not JSON", state: "hello", says: both(/it is not a whole JSON file/, restore) },
  { name: "bytes that are no text", state: Uint8Array.of(0x7b, 0xff, 0xfe), says: both(/not text in UTF-8/, restore) },
  { name: "nested without end", state: "[".repeat(1_000_000), says: both(/not a whole JSON file/, restore) },
  {
    name: "foreign JSON",
    state: '{"name":"x"}',
    says: both(/no checkpoint of Pulumi, for it has no version/, restore),
  },
  { name: "a JSON list", state: "[]", says: both(/no checkpoint of Pulumi/, restore) },
  { name: "null", state: "null", says: both(/no checkpoint of Pulumi/, restore) },
  { name: "an export in its place", state: JSON.stringify(sound()), says: both(/checkpoint: Invalid input/, restore) },
  {
    name: "a newer version",
    state: of((_, e) => Object.assign(e, { version: 4 })),
    says: both(/version is 4, from a newer Pulumi/, /Use the Pulumi CLI/),
  },
  {
    name: "version 1",
    state: of((_, e) => Object.assign(e, { version: 1 })),
    says: both(/version is 1, from an old Pulumi/, /with the Pulumi CLI/),
  },
  {
    name: "version 2",
    state: of((_, e) => Object.assign(e, { version: 2 })),
    says: both(/version is 2, from an old Pulumi/, /with the Pulumi CLI/),
  },
  {
    name: "another stack's",
    state: good.replaceAll("urn:pulumi:dev:", "urn:pulumi:prod:"),
    says: both(/belongs to another stack than dev/, restore),
  },
  {
    name: "a urn twice",
    state: of(states(a({ provider: "" }), a({ provider: "" }))),
    says: both(/Thing::a stands there twice/, restore),
  },
  {
    name: "a wrong magic",
    state: of((d) => Object.assign(d, { manifest: { version: "1", magic: "0" } })),
    says: both(/magic doesn't belong to its version/, restore),
  },
  {
    name: "a field of another type",
    state: of(inA({ protect: "yes" })),
    says: both(/resources\.2\.protect: Invalid input: expected boolean/, restore),
  },
  {
    name: "a bad ciphertext",
    state: of(
      inA({
        inputs: {
          password: {
            "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
            ciphertext: "v1:AAAA:AAAA",
          },
        },
      }),
    ),
    says: both(/the secret inputs\.password of urn:\S*Thing::a can't be opened/, restore),
  },
  {
    name: "a wrong passphrase",
    open: { keyring: createKeyring({ PULUMI_CONFIG_PASSPHRASE: "wrong" }) },
    says: both(
      /passphrase is wrong: \S* doesn't open the secrets of \S*dev\.json|passphrase is wrong/,
      /Set PULUMI_CONFIG_PASSPHRASE/,
    ),
  },
  {
    name: "no passphrase",
    open: { keyring: createKeyring({}) },
    says: both(/No passphrase is set/, /Set PULUMI_CONFIG_PASSPHRASE/),
  },
  {
    name: "another secrets provider",
    state: of((d) => Object.assign(d, { secrets_providers: { type: "cloud", state: {} } })),
    says: both(/sealed by the provider "cloud"/, /change-secrets-provider passphrase/),
  },
  {
    name: "a damaged .gz",
    arrange: instead("dev.json.gz", gzipSync(good).subarray(0, 200)),
    says: both(/dev\.json\.gz can't be used: it can't be unpacked/, /dev\.json\.gz\.bak beside it/),
  },
  {
    name: "a damaged .zst",
    arrange: instead("dev.json.zst", zstdCompressSync(good).subarray(0, 200)),
    says: both(/dev\.json\.zst can't be used: it can't be unpacked/, /dev\.json\.zst\.bak beside it/),
  },
  {
    name: "a folder in its place",
    arrange: async (bench) => {
      await rm(bench.checkpoint);
      await mkdir(bench.checkpoint);
    },
    says: both(/Can't read \S*dev\.json: it is a folder/, restore),
  },
  {
    name: "a backup beside it",
    state: good.slice(0, 300),
    arrange: put("dev.json.bak", good),
    says: /not a whole JSON file[\s\S]*before the last save is \S*dev\.json\.bak: put a copy of it in this file's place/,
  },
  {
    name: "a journal that is none",
    arrange: put("dev.json.journal", "hello\n"),
    says: both(/journal \S* is damaged: line 1/, moveAway),
  },
  {
    name: "a journal damaged in the middle",
    arrange: journal(([head = "", first = "", ...rest]) => [head, first.slice(9), ...rest]),
    says: both(/is damaged: line 2/, moveAway),
  },
  {
    name: "a journal of a newer form",
    arrange: journal(([head = "", ...rest]) => [head.replace('"journal":1', '"journal":2'), ...rest]),
    says: both(/is damaged: line 1/, moveAway),
  },
  {
    name: "a journal that lacks a record",
    arrange: journal(([head = "", , last = ""]) => [
      head,
      last
        .replace('"id":"y"', '"id":"y","dependencies":["urn:pulumi:dev::golden::t:i:T::x"]')
        .replace('"custom":true', '"custom":true,"dependencies":["urn:pulumi:dev::golden::t:i:T::x"]'),
    ]),
    says: both(/with its journal breaks a rule[\s\S]*is missing/, moveAway),
  },
  {
    name: "a journal that is a folder",
    arrange: (bench) => mkdir(bench.journal),
    says: both(/Can't read \S*journal: it is a folder/, /move it away/),
  },
];

async function content(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(await Promise.all(files.sort().map(async (path) => [path, await readFile(path, "hex")])));
}

test.each(bad)("$name", async ({ state = good, arrange, open, says }) => {
  const bench = await workbench(keyring);
  await mkdir(dirname(bench.checkpoint), { recursive: true });
  await writeFile(join(bench.backend.root, ".pulumi/meta.yaml"), "version: 1\n");
  await writeFile(bench.checkpoint, state);
  await arrange?.(bench);
  const before = await content(bench.backend.root);
  for (const write of [false, true]) {
    const error = await bench.open({ ...open, write }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(StateError);
    expect((error as StateError).message).toMatch(says);
    expect(await content(bench.backend.root)).toEqual(before);
    if (process.env.SHOW_MESSAGES && write) console.log(`${(error as StateError).message}\n`);
  }
});

test("cut at any byte it is refused, unless nothing but blanks is lost", async () => {
  const bench = await workbench(keyring);
  await mkdir(dirname(bench.checkpoint), { recursive: true });
  for (let size = 0; size < good.length; size += 1) {
    await writeFile(bench.checkpoint, good.slice(0, size));
    await expect(bench.open({ write: false })).rejects.toThrow(size === 0 ? /is empty/ : /not a whole JSON file/);
  }
});
