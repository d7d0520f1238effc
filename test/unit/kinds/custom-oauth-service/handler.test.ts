import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { check } from "../../../../provider/engine/check.ts";
import { customOAuthServiceHandler } from "../../../../provider/kinds/custom-oauth-service/handler.ts";
import { VERSIONS } from "../../../../provider/sandbox/index.ts";
import { type KindRun, startKind } from "../../../support/kind.ts";

const BASE = { name: "idp", url: "https://id.example.test", clientId: "chat", clientSecret: "very-Secret-1" };

describe.each(VERSIONS)("on Rocket.Chat %s", (version) => {
  let run: KindRun;
  beforeEach(async () => {
    run = await startKind(customOAuthServiceHandler, { version });
  });
  afterEach(() => run.close());

  const value = (end = "") => run.server.reader.setting(`Accounts_OAuth_Custom-Idp${end}`);
  const byHand = (end: string, to: unknown) =>
    run.server.reader.post(`settings/Accounts_OAuth_Custom-Idp${end}`, { value: to });

  it("makes a service, and switches it on after everything else", async () => {
    const made = await run.create({ ...BASE, groupsChannelMap: { staff: "general" } });
    expect(made).toMatchObject({ id: "idp", outputs: { callbackUrl: `${run.server.url}/_oauth/idp` } });
    expect(await value()).toBe(true);
    expect(await value("-url")).toBe("https://id.example.test");
    expect(await value("-secret")).toBe("very-Secret-1");
    expect(JSON.parse((await value("-groups_channel_map")) as string)).toEqual({ staff: "general" });
    // What is not declared keeps the server's default.
    expect(await value("-token_path")).toBe("/oauth/token");
  });

  it("is not live while it is half made, and is completed by the next run", async () => {
    const fault = { method: "POST", path: "settings/Accounts_OAuth_Custom-Idp-secret", action: "status", status: 400 };
    await run.server.control("faults", { ...fault, body: '{"success":false,"error":"no"}', times: 1 });
    await expect(run.create(BASE)).rejects.toThrow('custom OAuth service "idp"');
    expect(await value()).toBe(false);
    await run.server.mend();
    await run.nextRun();
    await run.create(BASE);
    expect([await value(), await value("-secret")]).toEqual([true, "very-Secret-1"]);
  });

  it("is switched off before anything else changes", async () => {
    const made = await run.create(BASE);
    await run.server.control("faults", {
      ...{ method: "POST", path: "settings/Accounts_OAuth_Custom-Idp-url", action: "status", status: 400, times: 1 },
      body: '{"success":false,"error":"no"}',
    });
    await expect(run.update(made, { ...BASE, enabled: false, url: "https://x.test" })).rejects.toThrow("no");
    expect([await value(), await value("-url")]).toEqual([false, BASE.url]);
  });

  it("writes only what differs, and sees what was changed by hand", async () => {
    const made = await run.create(BASE);
    expect(await run.writesOf(() => run.update(made, BASE))).toEqual({});
    await byHand("-url", "https://hand.test");
    await run.nextRun();
    expect((await run.read(made))?.inputs).toMatchObject({ url: "https://hand.test" });
    const writes = await run.writesOf(() => run.update(made, BASE));
    expect(writes).toEqual({ "settings/:_id": 1 });
    expect(await value("-url")).toBe(BASE.url);
  });

  it("counts as gone when somebody switched it off, unless that is declared", async () => {
    const made = await run.create(BASE);
    await byHand("", false);
    await run.nextRun();
    expect(await run.read(made)).toBeUndefined();
    const off = { ...made, outputs: { ...made.outputs, enabled: false } };
    expect((await run.read(off))?.inputs).toMatchObject({ enabled: false });
  });

  it("goes back to what was there before, also for what was declared later", async () => {
    await run.server.reader.post("settings.addCustomOAuth", { name: "Idp" });
    await byHand("-url", "https://before.test");
    await byHand("-scope", "before");
    const made = await run.create(BASE);
    const after = await run.update(made, { ...BASE, scope: "openid email" });
    await run.nextRun();
    await run.remove((await run.read(after))!);
    expect([await value(), await value("-url"), await value("-scope"), await value("-secret")]).toEqual([
      false,
      "https://before.test",
      "before",
      "",
    ]);
    await run.remove(after);
  });

  it("is emptied where the server can't remove it, and says so", async () => {
    const made = await run.create({ ...BASE, mergeUsers: true });
    await run.remove(made, "delete");
    expect([await value(), await value("-url"), await value("-secret"), await value("-merge_users")]).toEqual([
      false,
      "",
      "",
      false,
    ]);
    expect(run.log.join()).toContain("this server can't remove it");
  });

  it("shows the secret nowhere", async () => {
    await run.server.control("faults", {
      ...{ method: "POST", path: "settings/Accounts_OAuth_Custom-Idp-secret", action: "status", status: 400 },
      body: JSON.stringify({ success: false, error: `bad ${BASE.clientSecret}` }),
    });
    const message = await run.create(BASE).catch((error: Error) => error.message);
    expect(message).toContain("bad");
    expect(message).not.toContain(BASE.clientSecret);
  });
});

it("refuses a name that the server would change, and takes one in capitals for the same", () => {
  const { failures } = check(customOAuthServiceHandler, { name: "My IdP" }, { reveal: true });
  expect(failures.map(({ reason }) => reason)).toEqual([expect.stringMatching(/^name: must /)]);
  expect(check(customOAuthServiceHandler, { name: "IdP" }).inputs).toEqual({ name: "idp" });
});
