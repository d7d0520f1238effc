import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { check } from "../../../../provider/engine/check.ts";
import type { Declared } from "../../../../provider/engine/handler.ts";
import { fileUploadHandler } from "../../../../provider/kinds/file-upload/handler.ts";
import { VERSIONS } from "../../../../provider/sandbox/index.ts";
import { type KindRun, startKind } from "../../../support/kind.ts";

async function planned(inputs: Declared): Promise<Declared> {
  const { inputs: checked, failures } = check(fileUploadHandler, inputs);
  expect(failures).toEqual([]);
  const { inputs: known, failures: found } = await fileUploadHandler.inspect!(checked as never);
  expect(found).toEqual([]);
  return known;
}

describe.each(VERSIONS)("on Rocket.Chat %s", (version) => {
  let run: KindRun;
  let folder: string;
  let roomId: string;
  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "upload-"));
    run = await startKind(fileUploadHandler, { version });
    const { channel } = await run.server.reader.post("channels.create", { name: "files" });
    roomId = (channel as { _id: string })._id;
  });
  afterEach(async () => {
    await run.close();
    rmSync(folder, { recursive: true });
  });

  const write = (name: string, content: string | Buffer): string => {
    const file = path.join(folder, name);
    writeFileSync(file, content);
    return file;
  };
  interface Shown {
    readonly _id: string;
    readonly name: string;
    readonly size: number;
    readonly type: string;
    readonly description: string;
  }
  const files = async () =>
    (await run.server.reader.get(`channels.files?roomId=${roomId}&count=0`)).files as readonly Shown[];
  const message = async (id: unknown) =>
    (await run.server.reader.get(`chat.getMessage?msgId=${id}`)).message as { msg: string; tmid?: string };

  it("sends a file with its texts, in the calls of the version", async () => {
    const inputs = { channel: "#files", file: write("a.txt", "hello"), text: "See", description: "A note" };
    const writes = await run.writesOf(async () => {
      const made = await run.create(await planned(inputs));
      expect(await files()).toMatchObject([
        { _id: made.id, name: "a.txt", size: 5, type: "text/plain", description: "A note" },
      ]);
      expect(await message(made.outputs.messageId)).toMatchObject({ msg: "See" });
      expect(made.outputs).toMatchObject({
        roomId,
        size: 5,
        fileUrl: `${run.server.url}/file-upload/${made.id}/a.txt`,
      });
    });
    expect(writes).toEqual(
      version === "7.7.1"
        ? { "rooms.upload/:rid": 1 }
        : { "rooms.media/:rid": 1, "rooms.mediaConfirm/:rid/:fileId": 1 },
    );
  });

  it("goes by the content for the type, by the program for the name", async () => {
    const png = path.resolve("test/fixtures/files/dot.png");
    await run.create(await planned({ channel: "files", file: png, fileName: "x.dat" }));
    const binary = write("b.bin", Buffer.from([1, 0, 2]));
    await run.create(await planned({ channel: "files", file: binary }));
    await run.create(await planned({ channel: "files", file: write("c.csv", "a,b"), mediaType: "text/csv" }));
    expect((await files()).map(({ name, type }) => `${name} ${type}`).sort()).toEqual([
      "b.bin application/octet-stream",
      "c.csv text/csv",
      "x.dat image/png",
    ]);
  });

  it("stands in a thread, and edits its text in place", async () => {
    const { message: start } = await run.server.reader.post("chat.postMessage", { roomId, text: "start" });
    const threadMessageId = (start as { _id: string })._id;
    const inputs = await planned({ channel: roomId, file: write("a.txt", "hello"), text: "One", threadMessageId });
    const made = await run.create(inputs);
    const writes = await run.writesOf(() => run.update(made, { ...inputs, text: "Two" }));
    expect(writes).toEqual({ "chat.update": 1 });
    expect(await message(made.outputs.messageId)).toMatchObject({ msg: "Two", tmid: threadMessageId });
  });

  it("is another upload when its content changes, and does not take the old one for its own", async () => {
    const file = write("a.txt", "one");
    const made = await run.create(await planned({ channel: roomId, file }));
    write("a.txt", "two");
    const news = await planned({ channel: roomId, file });
    expect(await run.diff(made, news)).toMatchObject({ replaces: ["contentHash"], deleteBeforeReplace: false });
    const next = await run.create(news);
    expect(next.id).not.toBe(made.id);
    await run.remove(made, "delete");
    expect((await files()).map(({ _id }) => _id)).toEqual([next.id]);
  });

  it("takes up what a killed run had sent, and nothing that is older than a day", async () => {
    const inputs = await planned({ channel: roomId, file: write("a.txt", "hello"), text: "See" });
    const made = await run.create(inputs);
    await run.nextRun();
    const writes = await run.writesOf(async () => expect((await run.create(inputs)).id).toBe(made.id));
    expect(writes).toEqual({});
  });

  it("sees texts edited by hand, and a message that was deleted", async () => {
    const inputs = await planned({ channel: roomId, file: write("a.txt", "hello"), text: "See" });
    const made = await run.create(inputs);
    await run.server.reader.post("chat.update", { roomId, msgId: made.outputs.messageId as string, text: "Hand" });
    await run.nextRun();
    expect((await run.read(made))?.inputs).toMatchObject({ text: "Hand" });
    await run.server.reader.post("chat.delete", { roomId, msgId: made.outputs.messageId as string });
    await run.nextRun();
    expect(await run.read(made)).toBeUndefined();
    await run.remove(made, "delete");
  });

  it("stays in the room unless it is to be deleted", async () => {
    const made = await run.create(await planned({ channel: roomId, file: write("a.txt", "hello") }));
    await run.remove(made);
    expect(await files()).toHaveLength(1);
    // Without the message's id, as a state of another making may be.
    const { messageId: _, ...outputs } = made.outputs;
    await run.remove({ ...made, outputs }, "delete");
    expect(await files()).toEqual([]);
  });

  it("sends no byte of a file that the workspace does not take", async () => {
    const limit = (id: string, value: unknown) => run.server.reader.post(`settings/FileUpload_${id}`, { value });
    const inputs = await planned({ channel: roomId, file: write("a.txt", "hello") });
    await limit("MaxFileSize", 4);
    await limit("MediaTypeWhiteList", "image/*");
    await run.nextRun();
    const writes = await run.writesOf(() =>
      expect(run.create(inputs)).rejects.toThrow(
        /has 5 bytes, but this workspace takes files of at most 4 bytes .* is of the media type text\/plain/,
      ),
    );
    expect(writes).toEqual({});
    await limit("Enabled", false);
    await run.nextRun();
    await expect(run.create(inputs)).rejects.toThrow("this workspace takes no files (setting FileUpload_Enabled)");
  });

  it("names a room that does not exist", async () => {
    const inputs = await planned({ channel: "nowhere", file: write("a.txt", "hello") });
    await expect(run.create(inputs)).rejects.toThrow('channel: there is no room with the id or name "nowhere"');
  });
});

describe("what is known without the server", () => {
  const failures = (inputs: object) =>
    check(fileUploadHandler, { channel: "files", ...inputs }, { reveal: true }).failures.map(({ reason }) => reason);
  const text = {
    "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17",
    text: "x",
    hash: "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881",
  };

  it("wants a hash for an address, and a name for a text", () => {
    expect(failures({ file: "https://example.test/a.pdf" })).toEqual([
      expect.stringContaining('contentHash: is required for a file behind an address: the SHA-256 of "https://'),
    ]);
    expect(failures({ file: "https://example.test/a.pdf", contentHash: "0".repeat(64) })).toEqual([]);
    expect(failures({ file: text })).toEqual(["fileName: is required, for the text asset has no name of its own"]);
    expect(failures({ file: text, fileName: "x.txt" })).toEqual([]);
    expect(failures({ file: "a", mediaType: "text" })).toEqual([expect.stringMatching(/^mediaType: must /)]);
  });
});
