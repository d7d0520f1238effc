import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { check } from "../../../../provider/engine/check.ts";
import type { Declared } from "../../../../provider/engine/handler.ts";
import { customEmojiHandler } from "../../../../provider/kinds/custom-emoji/handler.ts";
import { VERSIONS } from "../../../../provider/sandbox/index.ts";
import { type KindRun, startKind } from "../../../support/kind.ts";

const PNG = "test/fixtures/files/dot.png";
const GIF = "test/fixtures/files/dot.gif";

/** As the provider hands them on: checked, with what the file tells. */
async function planned(inputs: Declared): Promise<Declared> {
  const { inputs: checked, failures } = check(customEmojiHandler, inputs);
  expect(failures).toEqual([]);
  return (await customEmojiHandler.inspect!(checked as never)).inputs;
}

describe.each(VERSIONS)("on Rocket.Chat %s", (version) => {
  let run: KindRun;
  beforeEach(async () => {
    run = await startKind(customEmojiHandler, { version });
  });
  afterEach(() => run.close());

  interface Row {
    readonly _id: string;
    readonly name: string;
    readonly aliases: string[];
    readonly extension: string;
  }
  const emojis = async (): Promise<Row[]> => {
    const { emojis } = await run.server.reader.get("emoji-custom.list");
    return (emojis as { update: Row[] }).update;
  };
  const write = "emoji-custom.update";

  it("makes one and finds its id", async () => {
    const made = await run.create(await planned({ name: "dot", aliases: ["point"], file: PNG }));
    expect(await emojis()).toMatchObject([{ _id: made.id, name: "dot", aliases: ["point"], extension: "png" }]);
    expect(made.outputs).toMatchObject({
      revision: expect.any(String),
      contentHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      imageUrl: `${run.server.url}/emoji-custom/dot.png`,
    });
  });

  it("sends the image only when it changed, and keeps aliases that are not declared", async () => {
    const made = await run.create(await planned({ name: "dot", aliases: ["point"], file: PNG }));
    const writes = await run.writesOf(async () => {
      const renamed = await run.update(made, await planned({ name: "dots", file: PNG }));
      expect(await emojis()).toMatchObject([{ name: "dots", aliases: ["point"], extension: "png" }]);
      await run.update(renamed, await planned({ name: "dots", file: GIF }));
      expect(await emojis()).toMatchObject([{ name: "dots", aliases: ["point"], extension: "gif" }]);
    });
    expect(writes).toEqual({ [write]: 2 });
  });

  it("takes a moved file with the same content for the same", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "emoji-"));
    try {
      const made = await run.create(await planned({ name: "dot", file: PNG }));
      const { readFileSync } = await import("node:fs");
      writeFileSync(path.join(folder, "moved.png"), readFileSync(PNG));
      const moved = await planned({ name: "dot", file: path.join(folder, "moved.png") });
      expect(await run.writesOf(() => run.update(made, moved))).toEqual({});
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("shows an image that was replaced by hand as a change, and puts its own back", async () => {
    const inputs = await planned({ name: "dot", file: PNG });
    const made = await run.create(inputs);
    // Clients of other origins do it like this.
    const form = new FormData();
    form.append("emoji", new Blob(["GIF89a"], { type: "image/gif" }), "hand.gif");
    form.append("_id", made.id);
    form.append("name", "dot");
    await run.server.reader.form("emoji-custom.update", form);
    await run.nextRun();
    const seen = await run.read(made);
    expect(seen?.inputs.contentHash).toBe("replaced on the server");
    const recorded = { id: made.id, outputs: seen!.outputs };
    expect((await run.read(recorded))?.inputs.contentHash).toBe("replaced on the server");
    expect((await run.diff(recorded, inputs)).changes).toBeUndefined();
    const repaired = await run.update(recorded, inputs);
    expect(await emojis()).toMatchObject([{ extension: "png" }]);
    expect((await run.read(repaired))?.outputs).toEqual(repaired.outputs);
    expect((await run.diff(repaired, inputs)).changes).toBe(false);
  });

  it("refuses a name or alias that another emoji has, and takes over on demand with its own image", async () => {
    const first = await run.create(await planned({ name: "dot", aliases: ["point"], file: PNG }));
    await run.nextRun();
    await expect(run.create(await planned({ name: "point", file: GIF }))).rejects.toThrow("already in use");
    const adopted = await run.create(await planned({ name: "dot", file: GIF, adopt: true }));
    expect(adopted.id).toBe(first.id);
    expect(await emojis()).toMatchObject([{ aliases: ["point"], extension: "gif" }]);
  });

  it("writes nothing when the file is not what was looked at", async () => {
    const inputs = { ...(await planned({ name: "dot", file: PNG })), file: GIF };
    const writes = await run.writesOf(() => expect(run.create(inputs)).rejects.toThrow("was expected"));
    expect(writes).toEqual({});
    expect(await emojis()).toEqual([]);
  });

  it("refreshes many with one call", async () => {
    const made = [
      await run.create(await planned({ name: "a", file: PNG })),
      await run.create(await planned({ name: "b", file: GIF })),
    ];
    await run.nextRun();
    const reads = await run.readsOf(async () => {
      for (const one of made) expect((await run.read(one))?.outputs).toEqual(one.outputs);
    });
    expect(reads["emoji-custom.list"]).toBe(1);
  });
});

describe("what is known without the server", () => {
  const failures = (inputs: object) =>
    check(customEmojiHandler, inputs, { reveal: true }).failures.map(({ reason }) => reason);

  it.each(["party_parrot", "party-parrot", "100", "v2"])("takes the name %s", (name) => {
    expect(failures({ name, file: PNG })).toEqual([]);
  });

  it.each(["Party", ":parrot:", "party parrot", "a__b", "_a", "über", "a.b"])(
    "refuses the name %s, which the server would change",
    (name) => expect(failures({ name, file: PNG })).toEqual([expect.stringMatching(/^name: must /)]),
  );

  it("refuses an alias that is the name, or that the server would change", () => {
    expect(failures({ name: "a", aliases: ["a"], file: PNG })).toEqual(['aliases: "a" is the name itself']);
    expect(failures({ name: "a", aliases: ["B c"], file: PNG })).toEqual([expect.stringMatching(/^aliases\[0\]: /)]);
  });

  it("refuses a sound, an archive and nothing", async () => {
    const sound = { name: "a", file: "test/fixtures/files/tick.wav" };
    const { failures: found } = await customEmojiHandler.inspect!(sound);
    expect(found.map(({ reason }) => reason)).toEqual([
      'file: "test/fixtures/files/tick.wav" is none of the images that are taken (png, gif, jpg, webp): its content is audio/wav',
    ]);
    const archive = { "4dabf18193072939515e22adb298388d": "0def7320c3a5731c473e5ecbe6d01bc7", path: "x" };
    expect(failures({ name: "a", file: archive })).toEqual([expect.stringMatching(/^file: /)]);
    expect(failures({ name: "a" })).toEqual([expect.stringMatching(/^file: is required/)]);
  });
});
