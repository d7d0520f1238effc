import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { settingHandler } from "../../../../provider/kinds/setting/handler.ts";
import { isSecretSetting } from "../../../../provider/kinds/setting/schema.ts";
import { fits } from "../../../../provider/kinds/setting/value-type.ts";
import { VERSIONS } from "../../../../provider/sandbox/index.ts";
import { type KindRun, startKind } from "../../../support/kind.ts";

describe.each(VERSIONS)("on Rocket.Chat %s", (version) => {
  let run: KindRun;
  beforeEach(async () => {
    run = await startKind(settingHandler, { version });
  });
  afterEach(() => run.close());

  const value = (id: string) => run.server.reader.setting(id);
  const byHand = (id: string, to: unknown) => run.server.reader.post(`settings/${id}`, { value: to });
  const write = "settings/:_id";

  describe("taking over", () => {
    it.each([
      ["Accounts_AllowUserProfileChange", false],
      ["Accounts_LoginExpiration", 30],
      ["Site_Name", "Example"],
      ["Hide_System_Messages", ["uj", "ul"]],
    ])("writes %s and reads it back", async (settingId, wanted) => {
      const before = await value(settingId);
      const made = await run.create({ settingId, value: wanted });
      expect(await value(settingId)).toEqual(wanted);
      expect(made).toMatchObject({ id: settingId, outputs: { previousValue: before } });
      await run.nextRun();
      expect((await run.read(made))?.outputs).toEqual(made.outputs);
    });

    it("writes nothing when the value is there already", async () => {
      await byHand("Site_Name", "Example");
      expect(await run.writesOf(() => run.create({ settingId: "Site_Name", value: "Example" }))).toEqual({});
    });

    it.each([
      ["Site_Name", 5, "must be text, but is a number"],
      ["Accounts_LoginExpiration", "30", "must be a number, but is text"],
      ["Accounts_AllowUserProfileChange", "true", "must be true or false, but is text"],
      ["Hide_System_Messages", "uj", "must be a list, but is text"],
    ])("refuses a wrong type for %s before anything is written", async (settingId, wrong, message) => {
      const writes = await run.writesOf(() =>
        expect(run.create({ settingId, value: wrong })).rejects.toThrow(`setting "${settingId}": \`value\` ${message}`),
      );
      expect(writes).toEqual({});
    });

    it("repairs a value that has got the wrong type by hand", async () => {
      await byHand("Site_Name", 12);
      await run.create({ settingId: "Site_Name", value: "Example" });
      expect(await value("Site_Name")).toBe("Example");
      await expect(run.create({ settingId: "Accounts_LoginExpiration", value: "x" })).rejects.toThrow("a number");
    });

    it("names the settings that an unknown id may mean", async () => {
      await expect(run.create({ settingId: "site_nam", value: "x" })).rejects.toThrow(
        /no setting "site_nam"; did you mean "Site_Name"/,
      );
    });

    it("remembers the value before, also when the answer to the write was lost", async () => {
      const before = await value("Site_Name");
      await run.server.control("faults", {
        method: "POST",
        path: "settings/Site_Name",
        action: "drop-after",
        times: 1,
      });
      const made = await run.create({ settingId: "Site_Name", value: "Example" });
      expect(made.outputs.previousValue).toBe(before);
    });

    it("never shows a secret value in an error", async () => {
      const secret = "a-Very-secret-1";
      await byHand("SMTP_Password", secret);
      const message = await run.create({ settingId: "SMTP_Password", value: 5 }).catch((error: Error) => error.message);
      expect(message).toContain("must be text");
      expect(message).not.toContain(secret);
    });
  });

  describe("update and read", () => {
    it("writes a changed value once, and keeps what was before", async () => {
      const before = await value("Site_Name");
      const made = await run.create({ settingId: "Site_Name", value: "One" });
      const writes = await run.writesOf(async () => {
        const after = await run.update(made, { settingId: "Site_Name", value: "Two" });
        expect(after.outputs.previousValue).toBe(before);
      });
      expect(writes).toEqual({ [write]: 1 });
      expect(await run.writesOf(() => run.update(made, { settingId: "Site_Name", value: "Two" }))).toEqual({});
    });

    it("writes when only the editor of a colour changed", async () => {
      const inputs = { settingId: "Livechat_title_color", value: "#123456" };
      const made = await run.create(inputs);
      expect(await run.writesOf(() => run.update(made, { ...inputs, editor: "expression" }))).toEqual({ [write]: 1 });
    });

    it("sees a change by hand", async () => {
      const made = await run.create({ settingId: "Site_Name", value: "One" });
      await byHand("Site_Name", "Hand");
      await run.nextRun();
      expect((await run.read(made))?.outputs).toMatchObject({ value: "Hand", previousValue: "Rocket.Chat" });
    });

    it("answers many from list pages", async () => {
      const ids = [
        "Site_Name",
        "Site_Url",
        "Language",
        "LDAP_Host",
        "SMTP_Host",
        "API_Embed",
        "UTF8_User_Names_Validation",
      ];
      const settings = await Promise.all(
        [...ids, "Accounts_LoginExpiration", "From_Email", "SMTP_Port", "SMTP_Username"].map(async (settingId) =>
          run.create({ settingId, value: (await value(settingId)) as string }),
        ),
      );
      await run.nextRun();
      const reads = await run.readsOf(async () => {
        for (const setting of settings) expect((await run.read(setting))?.outputs).toEqual(setting.outputs);
      });
      expect(reads.settings).toBe(9);
    });
  });

  describe("delete", () => {
    it("restores what was before", async () => {
      await byHand("Site_Name", "Before");
      const made = await run.create({ settingId: "Site_Name", value: "One" });
      await run.remove(made);
      expect(await value("Site_Name")).toBe("Before");
      expect(await run.writesOf(() => run.remove(made))).toEqual({});
    });

    it("writes the default, or nothing, when asked", async () => {
      await byHand("Site_Name", "Before");
      const made = await run.create({ settingId: "Site_Name", value: "One" });
      expect(await run.writesOf(() => run.remove(made, "retain"))).toEqual({});
      await run.remove(made, "default");
      expect(await value("Site_Name")).toBe("Rocket.Chat");
    });

    it("leaves a setting whose former value is not known, and says so", async () => {
      await run.create({ settingId: "Site_Name", value: "One" });
      await run.nextRun();
      await run.remove({ id: "Site_Name", outputs: { settingId: "Site_Name", value: "One" } });
      expect(await value("Site_Name")).toBe("One");
      expect(run.log.join()).toContain('setting "Site_Name" stays as it is');
    });
  });

  describe("what is known without the server", () => {
    it.each([
      "SMTP_Password",
      "Accounts_OAuth_Custom-Idp-secret",
      "LDAP_Authentication_Password",
      "Push_google_api_credentials",
    ])("%s is secret", (id) => expect(isSecretSetting(id)).toBe(true));

    it.each(["Site_Name", "Accounts_PasswordReset", "Accounts_OAuth_Wordpress_token_path", "LDAP_CA_Cert"])(
      "%s is not secret",
      (id) => expect(isSecretSetting(id)).toBe(false),
    );

    it("takes rooms where a room choice is still empty, and no other list", () => {
      expect(fits([{ _id: "GENERAL", name: "general" }], "")).toBe(true);
      expect(fits(["general"], "")).toBe(false);
      expect(fits("x", null)).toBe(true);
    });
  });
});
