import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { expect, test } from "vitest";
import { inputsOf } from "../../../../provider/engine/check.ts";
import { rulesOf } from "../../../../provider/engine/schema.ts";
import { handlers } from "../../../../provider/kinds/handlers.ts";
import { byHand } from "../../../support/drift/act.ts";
import { BY_HAND, IN_STORE, NOT_SHOWN, SHOWS_AS } from "../../../support/drift/by-hand.ts";
import { type DriftStack, driftStack, nameOf } from "../../../support/drift/stack.ts";
import { WORLD } from "../../../support/drift/world.ts";
import { pulumiCli } from "../../../support/engines.ts";

/** `DRIFT_ONE_BY_ONE=1`: each change alone, and nothing else is found. */
const ONE_BY_ONE = process.env.DRIFT_ONE_BY_ONE === "1";

const resourceOf = (name: string) => `acme/${name}`;

/** Arguments that a server shows, by what the kinds say of them: `Channel topic`. */
const shown = [...handlers.values()].flatMap((handler) =>
  Object.entries(inputsOf(handler).shape).flatMap(([key, type]) => {
    const { local, initial, writeOnly, file } = rulesOf(type);
    return local || initial || (writeOnly && !file) ? [] : [`${handler.kind} ${key}`];
  }),
);

/** All at once. Gives how each shows, and which arguments they are. */
async function changeAll({ server, state, managed }: DriftStack) {
  const { find } = await managed();
  const expected: string[] = [];
  const done = new Set<string>();
  const note = (kind: string, name: string, key: string) => {
    const shows = SHOWS_AS[key] ?? key;
    expected.push(nameOf(kind, resourceOf(name), shows));
    done.add(`${kind} ${key}`).add(`${kind} ${shows}`);
  };
  await byHand(server.url, async (hand) => {
    for (const [kind, entries] of Object.entries(BY_HAND))
      for (const [name, values] of Object.entries(entries)) {
        await hand.change(find(kind, name), values);
        for (const key of Object.keys(values)) note(kind, name, key);
      }
  });
  for (const [kind, entries] of Object.entries(IN_STORE))
    for (const [name, change] of Object.entries(entries))
      for (const key of Object.keys(change(state, find(kind, name).id))) note(kind, name, key);
  return { expected: expected.sort(), done };
}

const indent = (line: string): number => line.search(/\S/);

/** Lines of the document in which nothing was written, nor in what stands below them. */
function untouched(written: readonly { readonly where: string }[]): string[] {
  const lines = WORLD.split("\n");
  const touched = new Set<number>();
  for (const { where } of written) {
    const first = Number(where.split(":").at(-1)) - 1;
    touched.add(first);
    const isBelow = (line = ""): boolean =>
      indent(line) > indent(lines[first] ?? "") || (/^ *- /.test(line) && indent(line) === indent(lines[first] ?? ""));
    for (let next = first + 1; isBelow(lines[next]); next++) touched.add(next);
  }
  return lines.filter((_line, index) => !touched.has(index));
}

/** The first line that is not there any more, in the same order. */
function missing(part: readonly string[], whole: readonly string[]): string | undefined {
  let at = 0;
  return part.find((line) => {
    at = whole.indexOf(line, at) + 1;
    return at === 0;
  });
}

/** What is said beside and above the entries, in order. */
const comments = (text: string): string[] =>
  [...text.matchAll(/(?:^|\s)(# .*)$/gm)].map(([, comment]) => comment ?? "");

test("names in the guide what a server never tells", () => {
  const guide = readFileSync("docs/gitops.md", "utf8");
  const hidden = [...handlers.values()].flatMap((handler) =>
    Object.entries(inputsOf(handler).shape).flatMap(([key, type]) =>
      rulesOf(type).writeOnly && !rulesOf(type).file ? [key] : [],
    ),
  );
  expect(hidden.filter((key) => !guide.includes(`\`${key}\``))).toEqual([]);
});

test("finds each change by hand, and puts it into the document", async () => {
  const stack = await driftStack();
  const { at } = stack;
  expect(await stack.found()).toEqual([]);
  const { expected, done } = await changeAll(stack);
  expect(shown.filter((one) => !done.has(one) && !(one in NOT_SHOWN))).toEqual([]);
  expect(Object.keys(NOT_SHOWN).filter((one) => done.has(one) || !shown.includes(one))).toEqual([]);
  expect(await stack.found()).toEqual(expected);

  const { code, stdout } = await at.run("drift", "--write", "--json");
  const { written, left } = JSON.parse(stdout);
  const told = (one: Record<string, string>) => nameOf(one.kind ?? "", one.resource ?? "", one.key);
  expect([...written, ...left].map(told).sort()).toEqual(expected);
  const leftAlone = left.map(told).sort();
  expect(leftAlone).toEqual([
    "CustomEmoji acme/dot: contentHash",
    "CustomOAuthService acme/idp: clientSecret",
    "CustomSound acme/Tick: contentHash",
    "OutgoingWebhook acme/ask: token",
    "Setting acme/SMTP_Password: value",
    "Team acme/crew: name",
  ]);
  expect(code).toBe(2);
  const text = at.read("workspace.yaml");
  expect(comments(text)).toEqual(comments(WORLD));
  expect(missing(untouched(written), text.split("\n"))).toBeUndefined();
  expect(text).not.toMatch(/Somebody-Elses|Drift-Secret/);

  // Nothing is to be done for what was written; what was left alone is found again.
  const preview = await at.run("preview", "--engine", "embedded", "--expect-no-changes");
  expect(preview.code === 0 ? "" : preview.stdout).toBe("");
  expect(await stack.found()).toEqual(leftAlone);

  await findsWhatIsAway(stack);
});

/** Objects that a server always has: taken away, they are as they were before. */
const isPermanent = (name: string): boolean => /^(?:Setting|Permission) /.test(name);

async function findsWhatIsAway(stack: DriftStack): Promise<void> {
  const { server, managed } = stack;
  const { all, find } = await managed();
  const before = await stack.found();
  // Put away, so that it could come back.
  await server.reader.post("channels.archive", { roomId: find("Channel", "radio").id });
  await server.reader.post("users.setActiveStatus", { userId: find("User", "bob").id, activeStatus: false });
  await byHand(server.url, (hand) => hand.change(find("CustomOAuthService", "portal"), { enabled: false }));
  const away = ["Channel acme/radio", "CustomOAuthService acme/portal", "User acme/bob"];
  expect(await stack.found()).toEqual([...before, ...away].sort());

  await byHand(server.url, async (hand) => {
    for (const one of all.toReversed()) await hand.remove(one);
  });
  const gone = all.map(({ kind, name }) => nameOf(kind, resourceOf(name)));
  const found = await stack.found();
  expect(found.filter((name) => !isPermanent(name))).toEqual(gone.filter((name) => !isPermanent(name)).sort());
  expect(new Set(gone.map((name) => name.split(" ")[0]))).toEqual(new Set(handlers.keys()));
}

test.runIf(ONE_BY_ONE)(
  "finds each of them alone, and nothing when it is put back (with `npm run test:drift`)",
  async () => {
    const stack = await driftStack();
    const { find } = await stack.managed();
    const wrong: unknown[] = [];
    const look = async (expected: readonly string[], doing: string) => {
      const found = await stack.found();
      if (!isDeepStrictEqual(found, expected)) wrong.push({ doing, found });
    };
    // Whatever is written to what has a file, the server tells that the whole of it was written.
    const all = Object.entries(BY_HAND).flatMap(([kind, entries]) =>
      Object.entries(entries)
        .filter(([, values]) => Object.keys(values).every((key) => !(key in SHOWS_AS)))
        .flatMap(([name, values]) => Object.entries(values).map(([key, value]) => ({ kind, name, key, value }))),
    );
    await byHand(stack.server.url, async (hand) => {
      for (const { kind, name, key, value } of all) {
        const told = nameOf(kind, resourceOf(name), key);
        await hand.change(find(kind, name), { [key]: value });
        await look([told], told);
        await hand.change(find(kind, name), {});
        await look([], `${told}, put back`);
      }
    });
    expect(wrong).toEqual([]);
  },
  600_000,
);

test.runIf(ONE_BY_ONE && pulumiCli !== undefined)(
  "finds and writes the same by the Pulumi CLI (with `npm run test:drift`, where it is on PATH)",
  async () => {
    const stack = await driftStack();
    const { at } = stack;
    await changeAll(stack);
    const here = await at.run("drift", "--json");
    const there = await at.run("drift", "--json", "--engine", "pulumi", "--stack", "dev");
    expect(JSON.parse(there.stdout)).toEqual(JSON.parse(here.stdout));
    expect(there.code).toBe(here.code);

    const { code, stdout } = await at.run("drift", "--write", "--json", "--engine", "pulumi", "--stack", "dev");
    expect(code).toBe(2);
    const { written, left } = JSON.parse(stdout) as Record<"written" | "left", { kind: string; resource: string }[]>;
    expect(written.length).toBeGreaterThan(100);
    // The CLI takes an object as a whole: of which something was left alone, it is found again.
    const partly = new Set(left.map(({ kind, resource }) => nameOf(kind, resource)));
    const again = (await stack.found()).map((name) => name.replace(/: [^:]*$/, ""));
    expect(new Set(again)).toEqual(partly);
    // What it would do there is on the server already, but for what was left alone.
    const preview = JSON.parse((await at.run("preview", "--json", "--engine", "embedded")).stdout);
    const changed = (preview.steps as { op: string; urn: string }[]).filter(({ op }) => op !== "same");
    const resources = new Set(left.map(({ resource }) => resource));
    expect(changed.filter(({ urn }) => !resources.has(urn.split("::").at(-1) ?? ""))).toEqual([]);
  },
  120_000,
);
