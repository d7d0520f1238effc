import { describe, expect, it } from "vitest";
import { type Credentials, type Talk, talk } from "../talk.ts";

async function send(server: Talk, path: string, as: Credentials, form: FormData) {
  const headers = { "x-user-id": as.userId, "x-auth-token": as.authToken };
  const response = await fetch(`${server.sandbox.url}/api/v1/${path}`, { method: "POST", headers, body: form });
  return (await response.json()) as Record<string, unknown>;
}

function formOf(field: string, file: File, more: Record<string, string> = {}): FormData {
  const form = new FormData();
  form.append(field, file);
  for (const [name, value] of Object.entries(more)) form.append(name, value);
  return form;
}

const note = new File(["hello file"], "note.txt", { type: "text/plain" });

describe("a file in a room", () => {
  it("shows up with its message, once, however often it is confirmed", async () => {
    const server = await talk();
    const admin = await server.login();
    const { file } = (await send(server, "rooms.media/GENERAL", admin, formOf("file", note))) as {
      file: { _id: string };
    };
    const files = async () => (await server.call("GET channels.files?roomId=GENERAL", undefined, admin)).json.files;
    expect(await files()).toEqual([]);
    const confirm = () => server.call(`POST rooms.mediaConfirm/GENERAL/${file._id}`, { msg: "see" }, admin);
    const [first, second] = [await confirm(), await confirm()];
    expect(second.json).toEqual(first.json);
    expect(await files()).toMatchObject([{ name: "note.txt", size: 10, type: "text/plain" }]);
  });

  it("can't be confirmed after a day, nor be larger than allowed", async () => {
    const server = await talk();
    const admin = await server.login();
    const { file } = (await send(server, "rooms.media/GENERAL", admin, formOf("file", note))) as {
      file: { _id: string };
    };
    await server.call("POST /_control/advance-clock", { seconds: 24 * 3600 + 1 });
    const late = await server.call(`POST rooms.mediaConfirm/GENERAL/${file._id}`, {}, admin);
    expect(late.json.errorType).toBe("invalid-file");
    const fresh = await talk();
    const other = await fresh.login();
    await fresh.call("POST settings/FileUpload_MaxFileSize", { value: 9 }, other);
    const refused = await send(fresh, "rooms.media/GENERAL", other, formOf("file", note));
    expect(refused.errorType).toBe("error-file-too-large");
  });
});

it("takes an emoji with its aliases and tells of its deletion", async () => {
  const server = await talk();
  const admin = await server.login();
  const image = new File([new Uint8Array([1])], "a.png", { type: "image/png" });
  await send(server, "emoji-custom.create", admin, formOf("emoji", image, { name: "one", aliases: "uno, eins" }));
  const list = async (query = "") =>
    (await server.call(`GET emoji-custom.list${query}`, undefined, admin)).json.emojis as Record<
      string,
      { _id: string }[]
    >;
  const { update = [] } = await list();
  expect(update).toMatchObject([{ name: "one", aliases: ["uno", "eins"], extension: "png" }]);
  await server.call("POST emoji-custom.delete", { emojiId: update[0]?._id }, admin);
  expect(await list("?updatedSince=2020-01-01T00:00:00.000Z")).toMatchObject({ update: [], remove: [{ name: "one" }] });
});
