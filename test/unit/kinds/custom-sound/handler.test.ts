import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { check } from "../../../../provider/engine/check.ts";
import type { Declared } from "../../../../provider/engine/handler.ts";
import { customSoundHandler } from "../../../../provider/kinds/custom-sound/handler.ts";
import { type KindRun, startKind } from "../../../support/kind.ts";

const WAV = "test/fixtures/files/tick.wav";
const MP3 = "test/fixtures/files/tick.mp3";

async function planned(inputs: Declared): Promise<Declared> {
  const { inputs: checked, failures } = check(customSoundHandler, inputs);
  expect(failures).toEqual([]);
  return (await customSoundHandler.inspect!(checked as never)).inputs;
}

describe("on Rocket.Chat 8.6.1", () => {
  let run: KindRun;
  beforeEach(async () => {
    run = await startKind(customSoundHandler, { version: "8.6.1" });
  });
  afterEach(() => run.close());

  const sounds = async () => {
    const answer = await run.server.reader.get("custom-sounds.list");
    return answer.sounds as { _id: string; name: string; extension: string }[];
  };

  it("makes, renames, and sends another file, each with one call", async () => {
    const made = await run.create(await planned({ name: "Tick", file: WAV }));
    expect(await sounds()).toMatchObject([{ _id: made.id, name: "Tick", extension: "wav" }]);
    const writes = await run.writesOf(async () => {
      const renamed = await run.update(made, await planned({ name: "Tock", file: WAV }));
      expect(await sounds()).toMatchObject([{ name: "Tock", extension: "wav" }]);
      const changed = await run.update(renamed, await planned({ name: "Tock", file: MP3 }));
      expect(await sounds()).toMatchObject([{ name: "Tock", extension: "mp3" }]);
      await run.update(changed, await planned({ name: "Tock", file: MP3 }));
    });
    expect(writes).toEqual({ "custom-sounds.update": 2 });
  });

  it("refuses a name that is taken, and adopts on demand", async () => {
    const first = await run.create(await planned({ name: "Tick", file: WAV }));
    await run.nextRun();
    await run.server.control("advance-clock", { seconds: 48 * 3_600 });
    const adopted = await run.create(await planned({ name: "Tick", file: MP3, adopt: true }));
    expect(adopted.id).toBe(first.id);
    expect(await sounds()).toMatchObject([{ name: "Tick", extension: "mp3" }]);
    // Written since: it is nobody's unfinished work.
    await run.nextRun();
    await expect(run.create(await planned({ name: "Tick", file: WAV }))).rejects.toThrow("exists already");
  });

  it("shows a sound that was written by hand as a change", async () => {
    const made = await run.create(await planned({ name: "Tick", file: WAV }));
    await run.server.control("advance-clock", { seconds: 5 });
    const form = new FormData();
    form.append("sound", new Blob(["x"], { type: "audio/mpeg" }), "hand.mp3");
    form.append("_id", made.id);
    form.append("name", "Tick");
    await run.server.reader.form("custom-sounds.update", form);
    await run.nextRun();
    expect((await run.read(made))?.inputs.contentHash).toBe("replaced on the server");
  });

  it("removes what is gone already", async () => {
    const made = await run.create(await planned({ name: "Tick", file: WAV }));
    await run.remove(made);
    await run.remove(made);
    expect(await sounds()).toEqual([]);
    await run.nextRun();
    expect(await run.read(made)).toBeUndefined();
  });
});

it("says on 7.7.1 which version it takes, and sends nothing", async () => {
  const run = await startKind(customSoundHandler, { version: "7.7.1" });
  try {
    const inputs = await planned({ name: "Tick", file: WAV });
    const writes = await run.writesOf(() =>
      expect(run.create(inputs)).rejects.toThrow(
        /Custom sounds can be managed over the API since Rocket.Chat 8\.5; .* runs 7\.7/,
      ),
    );
    expect(writes).toEqual({});
  } finally {
    await run.close();
  }
});

it("refuses an image", async () => {
  const { failures } = await customSoundHandler.inspect!({ name: "x", file: "test/fixtures/files/dot.png" });
  expect(failures.map(({ reason }) => reason)).toEqual([
    'file: "test/fixtures/files/dot.png" is none of the sounds that are taken (mp3, wav): its content is image/png',
  ]);
});
