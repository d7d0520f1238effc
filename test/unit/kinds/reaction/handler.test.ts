import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { check } from "../../../../provider/engine/check.ts";
import { UNKNOWN } from "../../../../provider/engine/schema.ts";
import { reactionHandler } from "../../../../provider/kinds/reaction/handler.ts";
import { type KindRun, type Recorded, startKind } from "../../../support/kind.ts";
import { ADMIN } from "../../../support/server.ts";

let run: KindRun;
let messageId: string;

beforeEach(async () => {
  run = await startKind(reactionHandler);
  const sent = await run.server.reader.post("chat.sendMessage", { message: { rid: "GENERAL", msg: "Lunch?" } });
  messageId = (sent.message as { _id: string })._id;
});
afterEach(() => run.close());

const reactions = async () => {
  const { message } = await run.server.reader.get(`chat.getMessage?msgId=${messageId}`);
  return (message as { reactions?: Record<string, unknown> }).reactions ?? {};
};

describe("reaction", () => {
  it("is made, taken over when it is there already, and taken back", async () => {
    const made = await run.create({ messageId, emoji: ":tada:" });
    expect(made).toMatchObject({ id: `${messageId}/tada`, outputs: { username: "admin" } });
    await run.nextRun();
    await run.create({ messageId, emoji: ":tada:" });
    expect(await reactions()).toEqual({ ":tada:": { usernames: ["admin"] } });
    await run.nextRun();
    await run.remove(made);
    await run.remove(made);
    expect(await reactions()).toEqual({});
  });

  it("is found gone when somebody took it back, or the message is gone", async () => {
    const made = await run.create({ messageId, emoji: ":+1:" });
    await run.nextRun();
    expect(await run.read(made)).toMatchObject({ id: made.id, inputs: { messageId, emoji: ":+1:" } });
    await run.server.reader.post("chat.react", { messageId, emoji: ":+1:", shouldReact: false });
    await run.nextRun();
    expect(await run.read(made)).toBeUndefined();
    await run.server.reader.post("chat.delete", { roomId: "GENERAL", msgId: messageId });
    await run.nextRun();
    expect(await run.read(made)).toBeUndefined();
    await run.remove(made);
  });

  it("asks once for all reactions of a message", async () => {
    const made: Recorded[] = [];
    for (const emoji of [":a:", ":b:", ":tada:"]) made.push(await run.create({ messageId, emoji }));
    await run.nextRun();
    const reads = await run.readsOf(async () => {
      for (const one of made) expect(await run.read(one)).toBeDefined();
    });
    expect(reads["chat.getMessage"]).toBe(1);
  });

  it("takes the workspace's own emoji", async () => {
    const { url } = run.server;
    const login = await fetch(`${url}/api/v1/login`, {
      method: "POST",
      body: new URLSearchParams({ ...ADMIN, user: ADMIN.username }),
    });
    const { data } = (await login.json()) as { data: { userId: string; authToken: string } };
    const form = new FormData();
    form.set("emoji", new Blob(["GIF89a"], { type: "image/gif" }), "ship.gif");
    form.set("name", "ship_it");
    form.set("aliases", "");
    const headers = { "X-User-Id": data.userId, "X-Auth-Token": data.authToken };
    const made = await fetch(`${url}/api/v1/emoji-custom.create`, { method: "POST", headers, body: form });
    expect(made.status).toBe(200);
    await run.create({ messageId, emoji: ":ship_it:" });
    expect(await reactions()).toHaveProperty(":ship_it:");
  });

  it("offers near names for an unknown emoji", async () => {
    await expect(run.create({ messageId, emoji: ":ship_it:" })).rejects.toThrow(/no emoji ":ship_it:"/);
    await expect(run.create({ messageId, emoji: ":roket:" })).rejects.toThrow(/did you mean .*":rocket:"/);
    expect(await reactions()).toEqual({});
  });

  it("says that a message is not there", async () => {
    await expect(run.create({ messageId: "nothing", emoji: ":tada:" })).rejects.toThrow(/no message "nothing"/);
  });

  it("refuses in check what is no name", () => {
    const reasons = (emoji: string) => check(reactionHandler, { messageId, emoji }).failures.map((one) => one.reason);
    expect(reasons("tada")).toEqual([]);
    expect(reasons(":+1:")).toEqual([]);
    expect(reasons(UNKNOWN)).toEqual([]);
    expect(reasons("🎉")[0]).toMatch(/^emoji: "🎉" can't be the name of an emoji/);
    expect(reasons("two words")[0]).toMatch(/^emoji: /);
    expect(reasons("::")[0]).toMatch(/^emoji: must be the name/);
    expect(check(reactionHandler, { messageId, emoji: " tada " }).inputs.emoji).toBe(":tada:");
  });
});
