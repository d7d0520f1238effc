import { describe, expect, it } from "vitest";
import {
  getRoles,
  getServerInfo,
  getSetting,
  getSettingOutput,
  getStatistics,
} from "../../../provider/functions/workspace.ts";
import { useServer } from "../../support/look-ups.ts";
import { declare } from "../../support/mocks.ts";

const held = useServer(async ({ reader }) => {
  await reader.post("settings/SMTP_Password", { value: "Smtp-Secret" });
});

describe("the workspace", () => {
  it("tells its roles", async () => {
    expect(await getRoles({ name: "adm*" })).toEqual([
      { id: "admin", name: "admin", description: "Admin", scope: "Users", protected: true, mandatory2fa: false },
    ]);
    const scopes = (await getRoles({ scope: "Subscriptions" })).map(({ id }) => id).sort();
    expect(scopes).toEqual(["leader", "moderator", "owner"]);
  });

  it("tells a setting, or that there is none", async () => {
    expect(await getSetting({ settingId: "Message_MaxAllowedSize" })).toEqual({
      id: "Message_MaxAllowedSize",
      value: 5_000,
    });
    expect(await getSetting({ settingId: "No_Such_Setting" })).toBeUndefined();
  });

  it("marks secret settings as secret, and others not", async () => {
    const { outputs, secretOutputs } = await declare(() => ({
      password: getSettingOutput({ settingId: "SMTP_Password" }).apply((one) => one?.value),
      name: getSettingOutput({ settingId: "Site_Name" }).apply((one) => one?.value),
    }));
    expect(outputs.password).toBe("Smtp-Secret");
    expect(secretOutputs).toEqual(["password"]);
  });

  it("tells its version and its counts", async () => {
    const info = await getServerInfo();
    expect(info).toMatchObject({ url: held.server.url, version: "8.6", major: 8, minor: 6 });
    expect(info.workspaceId).toMatch(/\w{10}/);
    expect(await getStatistics({ refresh: true })).toMatchObject({ totalUsers: 2, totalChannels: 1 });
  });
});
