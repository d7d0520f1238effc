import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { check } from "../../../../provider/engine/check.ts";
import { incomingWebhookHandler } from "../../../../provider/kinds/incoming-webhook/handler.ts";
import { type KindRun, type Recorded, startKind } from "../../../support/kind.ts";

let run: KindRun;
const post = (path: string, body: Record<string, unknown>) => run.server.reader.post(path, body);
const person = (username: string, roles: string[]) =>
  post("users.create", {
    username,
    name: username,
    email: `${username}@example.test`,
    password: `Passw0rd!${username}`,
    roles,
  });

beforeEach(async () => {
  run = await startKind(incomingWebhookHandler);
  await person("alert.bot", ["bot"]);
});
afterEach(() => run.close());

const HOOK = { name: "alerts", channel: "#general", username: "alert.bot" };
const normal = (inputs: object) => check(incomingWebhookHandler, inputs).inputs;
const live = async (id: string) => (await run.server.reader.get(`integrations.get?integrationId=${id}`)).integration;
const create = (inputs: object) => run.create(normal(inputs));
const become = async (before: Recorded, inputs: object) => {
  let after = before;
  const writes = await run.writesOf(async () => {
    after = await run.update(before, normal(inputs));
  });
  return { after, writes };
};

describe("create", () => {
  it("makes an address that posts", async () => {
    const made = await create({ ...HOOK, alias: "Alertmanager" });
    const { url } = made.outputs as { url: string };
    expect(url).toMatch(new RegExp(`^${run.server.url}/hooks/${made.id}/[0-9A-Za-z]{48}$`));
    const answer = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ text: "on fire" }),
    });
    expect(answer.status).toBe(200);
    const { messages } = (await run.server.reader.get("channels.messages?roomId=GENERAL")) as { messages: object[] };
    expect(messages).toContainEqual(expect.objectContaining({ msg: "on fire", alias: "Alertmanager" }));
  });

  it("reads back as it was made, with every field", async () => {
    const inputs = {
      ...HOOK,
      channel: ["#general", "@admin"],
      enabled: false,
      alias: "A",
      avatar: "https://example.test/a.png",
      emoji: ":ghost:",
      overrideDestinationChannelEnabled: true,
      scriptEnabled: true,
      script: "class Script { process_incoming_request({ request }) { return { content: request.content }; } }",
      scriptEngine: "isolated-vm",
    };
    const made = await create(inputs);
    expect(await live(made.id)).toMatchObject({ ...inputs, type: "webhook-incoming" });
    await run.nextRun();
    expect((await run.read(made))?.outputs).toEqual(made.outputs);
    expect((await run.diff(made, normal({ ...inputs, channel: "@admin, #general" }))).changes).toBe(false);
  });

  it("names the poster that may not, what to do, and makes nothing", async () => {
    await person("plain", ["user"]);
    await expect(create({ ...HOOK, username: "plain" })).rejects.toThrow(/"plain" lacks.*\n.*role "bot"/);
    await expect(create({ ...HOOK, username: "nobody" })).rejects.toThrow(/username: there is no user "nobody"/);
    await expect(create({ ...HOOK, channel: "#nowhere" })).rejects.toThrow(/channel: not all of "#nowhere" exist/);
    expect(await run.server.reader.integrations()).toEqual([]);
  });

  it("ends with one webhook when the answer is lost", async () => {
    await run.server.control("faults", { path: "/api/v1/integrations.create", action: "drop-after", times: 1 });
    const made = await create(HOOK);
    expect((await run.server.reader.integrations()).map(({ _id }) => _id)).toEqual([made.id]);
    expect(made.outputs.token).toBe(((await live(made.id)) as { token: string }).token);
  });

  it("lists the ids when several fit", async () => {
    const body = { ...HOOK, type: "webhook-incoming", enabled: true, scriptEnabled: false };
    const ids = [];
    for (const _ of [1, 2]) ids.push(((await post("integrations.create", body)).integration as { _id: string })._id);
    await expect(create(HOOK)).rejects.toThrow(new RegExp(`2 integrations .* ${ids.join(", ")}`));
    expect((await create({ ...HOOK, name: "other" })).id).not.toBe(ids[0]);
  });

  it("refuses one that was edited since it was made, and takes it with adopt, keeping its address", async () => {
    const body = { ...HOOK, type: "webhook-incoming", enabled: true, scriptEnabled: false };
    const { _id, token } = (await post("integrations.create", body)).integration as { _id: string; token: string };
    await run.server.control("advance-clock", { seconds: 60 });
    await run.server.reader.call("PUT", "integrations.update", { ...body, integrationId: _id, alias: "theirs" });
    await expect(create({ ...HOOK, alias: "mine" })).rejects.toThrow(/exists already.*\n.*adopt: true/);
    const taken = await create({ ...HOOK, alias: "mine", adopt: true });
    expect(taken).toMatchObject({ id: _id, outputs: { token } });
    expect(await live(_id)).toMatchObject({ alias: "mine" });
  });

  it("says that a script does not compile, and records the webhook", async () => {
    const creating = create({ ...HOOK, scriptEnabled: true, script: "class {" });
    await expect(creating).rejects.toThrow(/script does not compile/);
    const [only] = await run.server.reader.integrations();
    await expect(creating).rejects.toMatchObject({ id: only?._id });
  });
});

describe("update", () => {
  it("sends everything again in one call, so that what is not declared stays", async () => {
    const made = await create(HOOK);
    const body = { ...HOOK, type: "webhook-incoming", enabled: true, scriptEnabled: false, integrationId: made.id };
    await run.server.reader.call("PUT", "integrations.update", { ...body, avatar: "https://example.test/hand.png" });
    const { after, writes } = await become(made, { ...HOOK, name: "alarms", alias: "A" });
    expect(writes).toEqual({ "integrations.update": 1 });
    expect(await live(made.id)).toMatchObject({ name: "alarms", alias: "A", avatar: "https://example.test/hand.png" });
    expect(after.outputs).toMatchObject({ token: made.outputs.token, url: made.outputs.url });
    expect((await become(after, { ...HOOK, name: "alarms", alias: "A" })).writes).toEqual({});
  });

  it("changes the poster, and explains when it may not", async () => {
    const made = await create(HOOK);
    await person("other.bot", ["bot"]);
    await become(made, { ...HOOK, username: "other.bot" });
    expect(await live(made.id)).toMatchObject({ username: "other.bot" });
    await expect(run.update(made, normal({ ...HOOK, username: "admin" }))).rejects.toThrow(/"admin" lacks/);
    await expect(run.update(made, normal({ ...HOOK, username: "nobody" }))).rejects.toThrow(/no user "nobody"/);
  });

  it("has nothing to do when the room of its channel was renamed with it", async () => {
    const { channel } = (await post("channels.create", { name: "ops" })) as { channel: { _id: string } };
    const made = await create({ ...HOOK, channel: "#ops" });
    await post("channels.rename", { roomId: channel._id, name: "operations" });
    expect((await become(made, { ...HOOK, channel: "#operations" })).writes).toEqual({});
  });
});

describe("delete and read", () => {
  it("removes it, again without an error, and reads it as gone", async () => {
    const made = await create(HOOK);
    await run.remove(made);
    expect(await run.server.reader.integrations()).toEqual([]);
    await run.remove(made);
    expect(await run.read(made)).toBeUndefined();
  });

  it("does not take an outgoing webhook for one of its own", async () => {
    const { integration } = (await post("integrations.create", {
      ...HOOK,
      type: "webhook-outgoing",
      event: "sendMessage",
      urls: ["http://127.0.0.1:9/x"],
      enabled: false,
      scriptEnabled: false,
    })) as { integration: { _id: string } };
    expect(await run.read({ id: integration._id, outputs: HOOK })).toBeUndefined();
    expect((await create(HOOK)).id).not.toBe(integration._id);
  });

  it("answers many reads from one list", async () => {
    const made: Recorded[] = [];
    for (const name of ["a", "b", "c"]) made.push(await create({ ...HOOK, name }));
    await run.nextRun();
    const reads = await run.readsOf(async () => {
      for (const one of made) expect((await run.read(one))?.outputs).toEqual(one.outputs);
    });
    expect(reads).toMatchObject({ "integrations.list": 1 });
    expect(reads).not.toHaveProperty("integrations.get");
  });
});

describe("inputs", () => {
  it.each([
    [{ channel: "general" }, /^channel: each entry must start with "#"/],
    [{ channel: " , " }, /^channel: names nobody/],
    [{ token: "mine" }, /^token: no such argument/],
    [{ scriptEngine: "v8" }, /^scriptEngine: must be one of/],
  ])("refuse %j", (wrong, reason) => {
    const { failures } = check(incomingWebhookHandler, { ...HOOK, ...wrong });
    expect(failures.map((failure) => failure.reason)).toEqual([expect.stringMatching(reason)]);
  });
});
