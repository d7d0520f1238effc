import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { check } from "../../../../provider/engine/check.ts";
import { inviteHandler } from "../../../../provider/kinds/invite/handler.ts";
import { VERSIONS } from "../../../../provider/sandbox/index.ts";
import { type KindRun, startKind } from "../../../support/kind.ts";
import { Reader } from "../../../support/reader.ts";

describe.each(VERSIONS)("on Rocket.Chat %s", (version) => {
  let run: KindRun;
  let roomId: string;
  const post = (path: string, body: Record<string, unknown>) => run.server.reader.post(path, body);
  const isOpen = async (inviteId: unknown) => (await post("validateInviteToken", { token: inviteId })).valid;

  beforeEach(async () => {
    run = await startKind(inviteHandler, { version });
    roomId = ((await post("channels.create", { name: "lobby" })).channel as { _id: string })._id;
  });
  afterEach(async () => {
    vi.useRealTimers();
    await run.close();
  });

  it("makes a link that lets people in, and closes it", async () => {
    const made = await run.create({ channel: "lobby", days: 7 });
    const { inviteId, url } = made.outputs as { inviteId: string; url: string };
    expect(made).toMatchObject({ id: `${roomId}/7/0`, outputs: { roomId, expiresAt: expect.stringMatching(/T/) } });
    expect(url).toContain(inviteId);
    expect(made.id).not.toContain(inviteId);
    expect(await isOpen(inviteId)).toBe(true);
    await run.nextRun();
    expect((await run.read(made))?.outputs).toEqual(made.outputs);
    expect(await run.writesOf(() => run.remove(made))).toEqual({ "removeInvite/:_id": 1 });
    expect(await isOpen(inviteId)).toBe(false);
    await run.remove(made);
  });

  it("has one link for the same room and limits, and another for others", async () => {
    const one = await run.create({ channel: "lobby", days: 0, maxUses: 5 });
    const other = await run.create({ channel: "lobby", days: 0, maxUses: 10 });
    expect(other.outputs.inviteId).not.toBe(one.outputs.inviteId);
    expect(one.outputs).not.toHaveProperty("expiresAt");
    await expect(run.create({ channel: roomId, days: 0, maxUses: 5 })).rejects.toThrow(/declared twice/);
    await run.nextRun();
    expect((await run.create({ channel: roomId, days: 0, maxUses: 5 })).outputs.inviteId).toBe(one.outputs.inviteId);
  });

  it("finds a used up link, an expired one, and one of a deleted room gone", async () => {
    const usedUp = await run.create({ channel: "lobby", days: 0, maxUses: 1 });
    await post("users.create", { username: "bob", name: "B", email: "b@example.test", password: "Passw0rd!bob" });
    const bob = await Reader.connect(run.server.url, "bob", "Passw0rd!bob");
    await bob.post("useInviteToken", { token: usedUp.outputs.inviteId as string });
    const expiring = await run.create({ channel: "lobby", days: 1 });
    const orphan = await run.create({ channel: "lobby", days: 0 });
    await run.nextRun();
    expect(await run.read(usedUp)).toBeUndefined();
    expect(await run.read(expiring)).toBeDefined();
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 2 * 24 * 3_600_000 });
    expect(await run.read(expiring)).toBeUndefined();
    expect(run.log.filter((line) => /lets nobody in any more/.test(line))).toHaveLength(2);
    vi.useRealTimers();
    await post("channels.delete", { roomId });
    await run.nextRun();
    expect(await run.read(orphan)).toBeUndefined();
    expect(run.log.join()).not.toContain(String(orphan.outputs.inviteId));
  });

  it("reads one by its id alone, without the address", async () => {
    const made = await run.create({ channel: "lobby", days: 15, maxUses: 25 });
    const found = await run.read({ id: made.id, outputs: {} as typeof made.outputs });
    expect(found?.inputs).toEqual({ channel: roomId, days: 15, maxUses: 25 });
    expect(found?.outputs.inviteId).toBe(made.outputs.inviteId);
    await expect(run.read({ id: "lobby", outputs: {} as typeof made.outputs })).rejects.toThrow(/<room id>\/<days>/);
  });

  it("says that only members invite, and which room does not exist", async () => {
    await post("users.create", { username: "bob", name: "B", email: "b@example.test", password: "Passw0rd!bob" });
    const bob = await Reader.connect(run.server.url, "bob", "Passw0rd!bob");
    await bob.post("channels.create", { name: "bobs" });
    await expect(run.create({ channel: "bobs", days: 1 })).rejects.toThrow(/"admin"\) is no member of "bobs"/);
    await expect(run.create({ channel: "nowhere", days: 1 })).rejects.toThrow(/no room .*"nowhere"/);
  });
});

it("finds limits that the server does not take in preview", () => {
  const { failures } = check(inviteHandler, { channel: "lobby", days: 3, maxUses: 2 });
  expect(failures.map(({ reason }) => reason)).toEqual([
    expect.stringMatching(/^days: must be one of 0, 1, 7, 15, 30/),
    expect.stringMatching(/^maxUses: must be one of 0, 1, 5, 10, 25, 50, 100/),
  ]);
});
