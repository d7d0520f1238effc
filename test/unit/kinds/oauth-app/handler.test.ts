import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { check } from "../../../../provider/engine/check.ts";
import { oauthAppHandler } from "../../../../provider/kinds/oauth-app/handler.ts";
import { VERSIONS } from "../../../../provider/sandbox/index.ts";
import { type KindRun, startKind } from "../../../support/kind.ts";

const REDIRECT = "https://wiki.example.test/callback";

describe.each(VERSIONS)("on Rocket.Chat %s", (version) => {
  let run: KindRun;
  beforeEach(async () => {
    run = await startKind(oauthAppHandler, { version });
  });
  afterEach(() => run.close());

  const apps = async () => {
    const { oauthApps } = await run.server.reader.get("oauth-apps.list");
    return oauthApps as { _id: string; name: string; active: boolean; redirectUri: string; clientSecret: string }[];
  };
  const app = async (id: string) => (await apps()).find(({ _id }) => _id === id);

  it("makes an app and gives its credentials", async () => {
    const made = await run.create({ name: "Wiki", redirectUri: [REDIRECT] });
    const live = await app(made.id);
    expect(live).toMatchObject({ name: "Wiki", active: true, redirectUri: REDIRECT });
    expect(made.outputs).toMatchObject({ clientId: expect.any(String), clientSecret: live?.clientSecret });
  });

  it("keeps the credentials, and what is not declared, when it changes the app", async () => {
    const made = await run.create({ name: "Wiki", redirectUri: [REDIRECT], active: false });
    const after = await run.update(made, { name: "Handbook", redirectUri: [REDIRECT, `${REDIRECT}/2`] });
    expect(await app(made.id)).toMatchObject({
      name: "Handbook",
      active: false,
      redirectUri: `${REDIRECT},${REDIRECT}/2`,
    });
    expect(after.outputs.clientSecret).toBe(made.outputs.clientSecret);
  });

  it("sees what was changed by hand, and reads many with one call", async () => {
    const made = await run.create({ name: "Wiki", redirectUri: [REDIRECT], active: true });
    const other = await run.create({ name: "Blog", redirectUri: [REDIRECT] });
    const redirectUri = `${REDIRECT}\n ${REDIRECT}/by-hand`;
    await run.server.reader.post("oauth-apps.update", { appId: made.id, name: "Wiki", active: false, redirectUri });
    await run.nextRun();
    const reads = await run.readsOf(async () => {
      expect((await run.read(made))?.inputs).toMatchObject({
        active: false,
        redirectUri: [REDIRECT, `${REDIRECT}/by-hand`],
      });
      expect((await run.read(other))?.outputs).toEqual(other.outputs);
    });
    expect(reads["oauth-apps.list"]).toBe(1);
    expect(reads["oauth-apps.get"]).toBeUndefined();
  });

  it("does not mind another order of addresses", async () => {
    const made = await run.create({ name: "Wiki", redirectUri: [REDIRECT, `${REDIRECT}/2`] });
    const inputs = { name: "Wiki", redirectUri: [`${REDIRECT}/2`, REDIRECT] };
    expect(await run.diff(made, inputs)).toMatchObject({ changes: false });
    expect(await run.writesOf(() => run.update(made, inputs))).toEqual({});
  });

  it("refuses an app that somebody else made, and to guess between two of one name", async () => {
    const body = { name: "Wiki", active: true, redirectUri: "https://elsewhere.example.test" };
    await run.server.reader.post("oauth-apps.create", body);
    await expect(run.create({ name: "Wiki", redirectUri: [REDIRECT] })).rejects.toThrow(
      'OAuth app "Wiki" exists already',
    );
    await run.server.reader.post("oauth-apps.create", body);
    await expect(run.create({ name: "Wiki", redirectUri: [REDIRECT], adopt: true })).rejects.toThrow(
      /OAuth app "Wiki": 2 OAuth apps at .* fit this description/,
    );
    expect(await apps()).toHaveLength(2);
  });

  it("adopts, and removes what is gone already", async () => {
    await run.server.reader.post("oauth-apps.create", { name: "Wiki", active: false, redirectUri: "https://old.test" });
    const made = await run.create({ name: "Wiki", redirectUri: [REDIRECT], adopt: true });
    expect(await app(made.id)).toMatchObject({ redirectUri: REDIRECT, active: false });
    await run.remove(made);
    expect(await apps()).toEqual([]);
    await run.remove(made);
    expect(await run.read(made)).toBeUndefined();
  });
});

describe("what is known without the server", () => {
  const failures = (inputs: object) => check(oauthAppHandler, inputs, { reveal: true }).failures.map((f) => f.reason);

  it("trims addresses and keeps the name as it is", () => {
    const { inputs } = check(oauthAppHandler, { name: " Wiki ", redirectUri: [` ${REDIRECT} `] });
    expect(inputs).toEqual({ name: " Wiki ", redirectUri: [REDIRECT] });
    expect(failures({ name: " ", redirectUri: [REDIRECT] })).toEqual(['name: must not be blank, but is " "']);
  });

  it("refuses no address, an empty one, and two in one text", () => {
    expect(failures({ name: "Wiki", redirectUri: [] })).toEqual(["redirectUri: must not be empty"]);
    expect(failures({ name: "Wiki", redirectUri: [" "] })).toEqual(["redirectUri[0]: must not be empty"]);
    expect(failures({ name: "Wiki", redirectUri: ["https://a.test,https://b.test"] })).toEqual([
      expect.stringMatching(/^redirectUri\[0\]: must /),
    ]);
  });
});
