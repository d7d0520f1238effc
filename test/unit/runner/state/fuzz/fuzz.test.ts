/** Damaged states: each opens as a state that keeps the rules, or is refused with a message; nothing is written to it. */
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { type Keyring, StateError } from "../../../../../provider/runner/state/index.ts";
import { findFault } from "../../../../../provider/runner/state/verify.ts";
import { randomFrom } from "../../../../support/random.ts";
import { checkpointOf, sound } from "../verify/cases.ts";
import { stack } from "../verify/shapes.ts";
import { fixtureKeyring, salt, secretOf, thing, type Workbench, workbench } from "../workbench.ts";
import { mutate } from "./mutate.ts";

const rounds = Number(process.env.FUZZ_ROUNDS ?? 2_500);
const seed = Number(process.env.FUZZ_SEED ?? 20_261_123);

/** Deriving a key takes half a second, and a damaged salt needs another: it is refused as the real keyring does in the end. */
function hastyKeyring(): Keyring {
  const real = fixtureKeyring();
  return {
    create: () => real.create(),
    unlock: (line, where) =>
      line === salt || !/^v1:[^:]+:v1:[^:]+:[^:]+$/.test(line)
        ? real.unlock(line, where)
        : Promise.reject(new StateError(`The passphrase is wrong: it doesn't open the secrets of ${where}.`)),
  };
}

/** A state, and a journal with every sort of record on it. */
async function originals(bench: Workbench) {
  await mkdir(dirname(bench.checkpoint), { recursive: true });
  await writeFile(bench.checkpoint, checkpointOf(sound()));
  const first = await bench.open();
  const old = thing("old", { parent: stack().urn, inputs: { password: secretOf({ deep: ["p"] }) } });
  await first.record({ put: old });
  await first.begin({ type: "creating", resource: thing("lost") });
  await first.save();
  await first.close();
  const store = await bench.open();
  const a = thing("x", { parent: stack().urn, inputs: { password: secretOf("q") } });
  const creating = await store.begin({ type: "creating", resource: a });
  await store.finish(creating, { put: a });
  await store.fail(await store.begin({ type: "updating", resource: a }));
  const now = store.live(old.urn);
  if (now) {
    const replacement = { ...now, id: "2", dependencies: [a.urn] };
    const operation = await store.begin({ type: "creating", resource: replacement });
    await store.finish(operation, { replace: [[now, { ...now, delete: true }]], put: replacement });
    await store.finish(await store.begin({ type: "deleting", resource: now }), { remove: [now] });
  }
  const [lost] = store.pending;
  if (lost) await store.resolve(lost);
  await store.begin({ type: "updating", resource: a });
  const journal = await readFile(bench.journal, "utf8");
  await store.close();
  return { checkpoint: await readFile(bench.checkpoint, "utf8"), journal };
}

async function content(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder)).sort();
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), "hex")])),
  );
}

test(`${rounds} damaged states`, async () => {
  const bench = await workbench(hastyKeyring());
  const { checkpoint, journal } = await originals(bench);
  const folder = dirname(bench.checkpoint);
  const seen = { opened: 0, refused: 0 };
  for (let round = 0; round < rounds; round += 1) {
    const random = randomFrom(seed + round);
    const isJournal = random.below(2) === 0;
    const write = random.below(200) === 0;
    const damaged = isJournal ? mutate(journal, true, random) : mutate(checkpoint, false, random);
    await writeFile(bench.checkpoint, isJournal ? checkpoint : damaged);
    await writeFile(bench.journal, isJournal ? damaged : "");
    const watched = write || round % 50 === 0;
    const before = watched ? await content(folder) : undefined;
    const what = { round, isJournal, write };
    try {
      const store = await bench.open({ write });
      seen.opened += 1;
      expect({ ...what, fault: findFault(store.resources, "dev", store.pending) }).toEqual({
        ...what,
        fault: undefined,
      });
      if (write) {
        // What opens can be changed and saved.
        await store.record({ put: thing("new", { parent: stack().urn }) }).catch(() => undefined);
        await store.save();
      } else if (watched) expect(await content(folder)).toEqual(before);
      await store.close();
      if (write) await (await bench.open({ write: false })).close();
    } catch (error) {
      if (!(error instanceof StateError)) throw new Error(`round ${round}: ${String(error)}`, { cause: error });
      seen.refused += 1;
      expect(error.message).toMatch(/\n {2}\S|passphrase/);
      expect(error.message).toContain(folder);
      if (watched) expect(await content(folder)).toEqual(before);
    }
  }
  // The damage is neither harmless nor always fatal, or this test would show nothing.
  expect(seen.opened).toBeGreaterThan(rounds / 20);
  expect(seen.refused).toBeGreaterThan(rounds / 4);
}, 300_000);
