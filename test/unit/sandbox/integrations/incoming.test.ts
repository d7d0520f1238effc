/** Incoming integrations, as each release keeps them. */
import { describe, expect, it } from "vitest";
import { createIncoming, updateIncoming } from "../../../../provider/sandbox/integrations/incoming.ts";
import { sees } from "../../../../provider/sandbox/integrations/rights.ts";
import { createRoom } from "../../../../provider/sandbox/rooms/create.ts";
import { refusal, stage } from "../stage.ts";

const BODY = {
  name: "ci",
  enabled: true,
  username: "poster",
  channel: "#general",
  scriptEnabled: false,
  alias: "CI",
  emoji: ":robot:",
};

function scene(version?: "7.7.1") {
  const s = stage(version);
  const poster = s.person("poster", { roles: ["user", "bot"] });
  return { ...s, poster };
}

describe("incoming integrations", () => {
  it("get a token of their own that no update changes", () => {
    const { admin } = scene();
    const [a, b] = [createIncoming(admin, BODY), createIncoming(admin, BODY)];
    expect(a.token).toMatch(/^\w{48}$/);
    expect(a.token).not.toBe(b.token);
    const { token } = a;
    updateIncoming(admin, a, { ...BODY, token: "mine", name: "other" });
    expect(a).toMatchObject({ token, name: "other" });
  });

  it("keep what an update leaves out on 8.6.1, and lose it on 7.7.1", () => {
    const short = { name: "ci", enabled: true, channel: "#general", scriptEnabled: false };
    for (const [version, alias] of [
      [undefined, "CI"],
      ["7.7.1", null],
    ] as const) {
      const { admin } = scene(version);
      const integration = createIncoming(admin, { ...BODY, overrideDestinationChannelEnabled: true });
      updateIncoming(admin, integration, short);
      expect(integration).toMatchObject({ alias, username: "poster", overrideDestinationChannelEnabled: true });
    }
  });

  it("give their user the role bot on 7.7.1, and refuse one without the right on 8.6.1", () => {
    const old = scene("7.7.1");
    const ann = old.person("ann");
    createIncoming(old.admin, { ...BODY, username: "ann" });
    createIncoming(old.admin, { ...BODY, username: "ann" });
    expect(ann.user.roles).toEqual(["user", "bot"]);
    const now = scene();
    now.person("ann");
    expect(refusal(() => createIncoming(now.admin, { ...BODY, username: "ann" })).errorType).toBe(
      "error-user-lacks-message-impersonate-permission",
    );
    expect(Object.keys(now.state.integrations)).toEqual([]);
  });

  it("let holders of the smaller right post to their own rooms, and see their own only", () => {
    const { admin, state, person } = scene();
    const ann = person("ann");
    state.permissions["manage-own-incoming-integrations"] = { roles: ["user"], _updatedAt: ann.user.createdAt };
    createRoom(admin, { t: "p", name: "theirs" });
    createRoom(ann, { t: "p", name: "ours" });
    expect(refusal(() => createIncoming(ann, { ...BODY, channel: "#theirs" })).errorType).toBe("error-invalid-channel");
    const own = createIncoming(ann, { ...BODY, channel: "#ours" });
    const other = createIncoming(admin, BODY);
    expect([sees(ann, own), sees(ann, other), sees(admin, own)]).toEqual([true, false, true]);
  });

  it("tell of a script that doesn't parse, until one does", () => {
    const { admin } = scene();
    const integration = createIncoming(admin, { ...BODY, scriptEnabled: true, script: "class {" });
    expect(integration.scriptError).toMatchObject({ name: "SyntaxError" });
    updateIncoming(admin, integration, { ...BODY, scriptEnabled: true, script: "class Script {}" });
    expect(integration).not.toHaveProperty("scriptError");
    expect(integration.scriptCompiled).toBe("class Script {}");
    updateIncoming(admin, integration, { ...BODY, script: "" });
    expect(integration).toMatchObject({ script: "", scriptCompiled: "class Script {}" });
  });
});
