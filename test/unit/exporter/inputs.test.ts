import { describe, expect, it } from "vitest";
import { besides, commonOf, holdsReference, toDeclare } from "../../../provider/exporter/inputs.ts";
import { SecretKeys } from "../../../provider/exporter/secrets.ts";
import { handlers } from "../../../provider/kinds/handlers.ts";

const kind = (name: string) => handlers.get(name)!;

describe("what a document says of an object", () => {
  it("is what differs from a new one, in the schema's order, sets sorted", () => {
    const live = {
      urls: ["https://b.test/", "https://a.test/"],
      name: "out",
      event: "sendMessage",
      username: "bot",
      enabled: true,
    };
    const inputs = toDeclare(kind("OutgoingWebhook"), {
      ...live,
      retryCount: 4,
      retryDelay: "increments-of-two",
      alias: "",
    });
    expect(JSON.stringify(inputs)).toBe(
      '{"name":"out","event":"sendMessage","urls":["https://a.test/","https://b.test/"],"username":"bot","retryDelay":"increments-of-two"}',
    );
  });

  it("keeps a switch that is off where on is the default, and required values that are empty", () => {
    expect(toDeclare(kind("OAuthApp"), { name: "a", redirectUri: ["x"], active: false })).toHaveProperty(
      "active",
      false,
    );
    expect(toDeclare(kind("Setting"), { settingId: "Site_Name", value: "" })).toEqual({
      settingId: "Site_Name",
      value: "",
    });
  });

  it("leaves out what the section says, and says what would else be the section's", () => {
    const common = commonOf(kind("User"), { exported: () => true, passwords: "random" });
    expect(common).toEqual({ adopt: true, roles: ["user"], joinDefaultChannels: false, setRandomPassword: true });
    const of = (roles: string[]) =>
      besides(kind("User"), toDeclare(kind("User"), { username: "a", roles }, common), common);
    expect(of(["user"])).toEqual({ username: "a" });
    expect(of([])).toEqual({ username: "a", roles: [] });
  });

  it("does not let people join rooms by themselves when memberships are exported, and only then", () => {
    expect(commonOf(kind("User"), { exported: () => false, passwords: "adopt" })).toEqual({
      adopt: true,
      roles: ["user"],
    });
  });
});

describe("secrets", () => {
  it("see what would be read as a reference", () => {
    expect(holdsReference({ a: [{ secret: "x" }] })).toBe(true);
    expect(holdsReference({ env: "x" })).toBe(true);
    expect(holdsReference({ secret: "x", more: 1 })).toBe(false);
    expect(holdsReference({ secret: 1 })).toBe(false);
  });

  it("get keys of their own, also when names leave nothing of themselves", () => {
    const keys = new SecretKeys();
    const of = (name: string) => keys.for(kind("User"), [name], ["password"]);
    expect(["a.b", "a-b", "漢字", "größe"].map(of)).toEqual([
      "aBPassword",
      "aBPassword2",
      "usersPassword",
      "grEPassword",
    ]);
  });
});
