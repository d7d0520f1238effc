import { describe, expect, it } from "vitest";
import { getChannel, getChannels } from "../../../provider/functions/channels.ts";
import { useServer } from "../../support/look-ups.ts";

useServer(async ({ reader }) => {
  await reader.post("channels.create", { name: "docs", extraData: { topic: "All of it" } });
  await reader.post("channels.create", { name: "old" });
  await reader.post("channels.archive", { roomName: "old" });
  await reader.post("groups.create", { name: "team-a" });
});

const names = async (args: Parameters<typeof getChannels>[0]) => (await getChannels(args)).map(({ name }) => name);

describe("getChannel", () => {
  it("finds rooms of both types, by name and id", async () => {
    const docs = await getChannel({ channel: "#docs" });
    expect(docs).toMatchObject({ name: "docs", private: false, topic: "All of it", archived: false, creator: "admin" });
    expect(await getChannel({ channel: docs?.id ?? "" })).toEqual(docs);
    expect(await getChannel({ channel: "team-a" })).toMatchObject({ private: true });
    expect(await getChannel({ channel: "nowhere" })).toBeUndefined();
  });
});

describe("getChannels", () => {
  it("gives all that fit", async () => {
    expect(await names({})).toEqual(["docs", "general", "old", "team-a"]);
    expect(await names({ type: "private" })).toEqual(["team-a"]);
    expect(await names({ archived: false, type: "public" })).toEqual(["docs", "general"]);
    expect(await names({ archived: true })).toEqual(["old"]);
    expect(await names({ name: "*O*" })).toEqual(["docs", "old"]);
    expect(await names({ limit: 1 })).toEqual(["docs"]);
    expect(await names({ limit: 4 })).toHaveLength(4);
  });
});
