import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { check } from "../../../../provider/engine/check.ts";
import { outgoingWebhookHandler } from "../../../../provider/kinds/outgoing-webhook/handler.ts";
import { type KindRun, type Recorded, startKind } from "../../../support/kind.ts";

let run: KindRun;
const post = (path: string, body: Record<string, unknown>) => run.server.reader.post(path, body);

beforeEach(async () => {
  run = await startKind(outgoingWebhookHandler);
});
afterEach(() => run.close());

const HOOK = {
  name: "deploys",
  event: "sendMessage",
  channel: "#general",
  urls: ["http://127.0.0.1:9/x"],
  username: "rocket.cat",
};
const normal = (inputs: object) => check(outgoingWebhookHandler, inputs).inputs;
const live = async (id: string) =>
  (await run.server.reader.get(`integrations.get?integrationId=${id}`)).integration as Record<string, unknown>;
const create = (inputs: object) => run.create(normal(inputs));
const become = async (before: Recorded, inputs: object) => {
  let after = before;
  const writes = await run.writesOf(async () => {
    after = await run.update(before, normal(inputs));
  });
  return { after, writes };
};

describe("create", () => {
  it("makes a token of its own when none is declared", async () => {
    const made = await create(HOOK);
    expect(made.outputs.effectiveToken).toMatch(/^[\w-]{48}$/);
    expect(await live(made.id)).toMatchObject({
      token: made.outputs.effectiveToken,
      enabled: true,
      type: "webhook-outgoing",
    });
    expect((await create({ ...HOOK, name: "other" })).outputs.effectiveToken).not.toBe(made.outputs.effectiveToken);
  });

  it("reads back as it was made, with every field", async () => {
    const inputs = {
      ...HOOK,
      channel: ["#general", "all_private_groups"],
      urls: ["http://127.0.0.1:9/a", "http://127.0.0.1:9/b"],
      targetRoom: "#general",
      enabled: false,
      triggerWords: ["!deploy"],
      triggerWordAnywhere: true,
      runOnEdits: true,
      token: "Shared-Secret",
      impersonateUser: true,
      alias: "A",
      avatar: "https://example.test/a.png",
      emoji: ":x:",
      retryFailedCalls: true,
      retryCount: 3,
      retryDelay: "powers-of-two",
      scriptEnabled: true,
      script: "class Script { prepare_outgoing_request({ request }) { return request; } }",
      scriptEngine: "isolated-vm",
    };
    const made = await create(inputs);
    expect(await live(made.id)).toMatchObject(inputs);
    await run.nextRun();
    expect((await run.read(made))?.outputs).toEqual(made.outputs);
    expect((await run.diff(made, normal({ ...inputs, urls: inputs.urls.toReversed() }))).changes).toBe(false);
  });

  it.each([
    { event: "userCreated", targetRoom: "#general" },
    { event: "roomArchived" },
    { event: "roomCreated" },
    { event: "roomJoined", channel: "#general" },
    { event: "fileUploaded", channel: "#general" },
  ])("takes %j", async (part) => {
    const { channel: _, ...rest } = HOOK;
    const made = await create({ ...rest, ...part });
    await run.nextRun();
    expect((await run.read(made))?.outputs).toEqual(made.outputs);
  });

  it("names what does not exist, and makes nothing", async () => {
    await expect(create({ ...HOOK, username: "nobody" })).rejects.toThrow(/username: there is no user "nobody"/);
    await expect(create({ ...HOOK, channel: "#nowhere" })).rejects.toThrow(/channel: not all of "#nowhere" exist/);
    expect(await run.server.reader.integrations()).toEqual([]);
  });

  it("ends with one webhook when the answer is lost", async () => {
    await run.server.control("faults", { path: "/api/v1/integrations.create", action: "drop-after", times: 1 });
    const made = await create(HOOK);
    expect((await run.server.reader.integrations()).map(({ _id }) => _id)).toEqual([made.id]);
    expect(made.outputs.effectiveToken).toBe((await live(made.id)).token);
  });

  it("says that a script does not compile", async () => {
    await expect(create({ ...HOOK, scriptEnabled: true, script: "class {" })).rejects.toThrow(
      /script does not compile/,
    );
  });
});

describe("update", () => {
  it("changes one field, keeps all others and the token", async () => {
    const made = await create({ ...HOOK, triggerWords: ["a", "b"], alias: "A", retryFailedCalls: true, retryCount: 2 });
    const before = await live(made.id);
    const { after, writes } = await become(made, { ...HOOK, triggerWords: ["a", "b"], alias: "B" });
    expect(writes).toEqual({ "integrations.update": 1 });
    const now = await live(made.id);
    for (const key of [
      "token",
      "triggerWords",
      "retryFailedCalls",
      "retryCount",
      "channel",
      "urls",
      "event",
      "scriptEngine",
    ]) {
      expect([key, now[key]]).toEqual([key, before[key]]);
    }
    expect(now.alias).toBe("B");
    expect((await become(after, { ...HOOK, triggerWords: ["a", "b"], alias: "B" })).writes).toEqual({});
  });

  it("changes the event, dropping what the new one does not take", async () => {
    const made = await create({ ...HOOK, triggerWords: ["a"] });
    const { channel: _, ...rest } = HOOK;
    const { after } = await become(made, { ...rest, event: "userCreated", targetRoom: "#general" });
    expect(await live(made.id)).toMatchObject({ event: "userCreated", channel: [], targetRoom: "#general" });
    const back = await become(after, { ...HOOK, event: "roomLeft" });
    expect(await live(back.after.id)).toMatchObject({ event: "roomLeft", channel: ["#general"] });
  });

  it("clears with empty values", async () => {
    const full = { ...HOOK, triggerWords: ["a"], alias: "A", targetRoom: "#general", script: "class Script {}" };
    const made = await create(full);
    const empty = { ...HOOK, triggerWords: [], alias: "", targetRoom: "", script: "" };
    const { after } = await become(made, empty);
    expect(after.outputs).toMatchObject({ triggerWords: [], alias: "", targetRoom: "", script: "" });
    expect((await become(after, empty)).writes).toEqual({});
  });

  it("sets a declared token, and never shows it", async () => {
    const made = await create(HOOK);
    const { after } = await become(made, { ...HOOK, token: "Declared-Token" });
    expect(await live(made.id)).toMatchObject({ token: "Declared-Token" });
    expect(after.outputs.effectiveToken).toBe("Declared-Token");
    expect(run.log.join("\n")).not.toContain("Declared-Token");
  });

  it("gives a token to one that was made without, since the server refuses the update otherwise", async () => {
    const { integration } = (await post("integrations.create", {
      ...HOOK,
      type: "webhook-outgoing",
      enabled: true,
      scriptEnabled: false,
    })) as { integration: { _id: string } };
    const taken = await create({ ...HOOK, alias: "mine", adopt: true });
    expect(taken.id).toBe(integration._id);
    expect(await live(taken.id)).toMatchObject({ alias: "mine", token: taken.outputs.effectiveToken });
    expect(taken.outputs.effectiveToken).toMatch(/^[\w-]{48}$/);
  });
});

describe("delete", () => {
  it("removes it, again without an error, and reads it as gone", async () => {
    const made = await create(HOOK);
    await run.remove(made);
    expect(await run.server.reader.integrations()).toEqual([]);
    await run.remove(made);
    expect(await run.read(made)).toBeUndefined();
  });
});

describe("inputs", () => {
  it.each([
    [{ event: "message" }, /^event: must be one of "sendMessage"/],
    [{ urls: ["ftp://127.0.0.1/x"] }, /^urls\[0\]: must/],
    [{ urls: [] }, /^urls: must not be empty$/],
    [{ channel: "general" }, /^channel: each entry must start/],
    [{ event: "roomCreated" }, /^channel: the event roomCreated belongs to no channel/],
    [{ event: "roomLeft", triggerWords: ["x"] }, /^triggerWords: .*sendMessage only/],
    [{ event: "userCreated", channel: undefined }, /^targetRoom: the event userCreated needs/],
    [{ targetRoom: "general" }, /^targetRoom: must start with/],
    [{ retryCount: 0 }, /^retryCount: must be at least 1/],
  ])("refuse %j", (wrong, reason) => {
    const { failures } = check(outgoingWebhookHandler, { ...HOOK, ...wrong });
    expect(failures.map((failure) => failure.reason)).toEqual([expect.stringMatching(reason)]);
  });
});
