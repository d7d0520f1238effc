/** Outgoing integrations: defaults, events, whole replacement. */
import { describe, expect, it } from "vitest";
import { createOutgoing, updateOutgoing } from "../../../../provider/sandbox/integrations/outgoing.ts";
import { refusal, stage } from "../stage.ts";

const BODY = {
  name: "relay",
  enabled: true,
  username: "poster",
  event: "sendMessage",
  channel: "#general",
  urls: ["https://hooks.example/a"],
  scriptEnabled: false,
  token: "t",
};

function scene() {
  const s = stage();
  s.person("poster");
  return s;
}

describe("outgoing integrations", () => {
  it("fall back to four retries in powers of ten, only where failed calls are retried", () => {
    const { admin } = scene();
    expect(createOutgoing(admin, { ...BODY, retryFailedCalls: true })).toMatchObject({
      retryCount: 4,
      retryDelay: "powers-of-ten",
    });
    expect(createOutgoing(admin, BODY)).not.toHaveProperty("retryCount");
  });

  it("drop trigger words and rooms of events that know none", () => {
    const { admin } = scene();
    const joined = createOutgoing(admin, { ...BODY, event: "roomJoined", triggerWords: ["x"] });
    expect(joined).not.toHaveProperty("triggerWords");
    expect(createOutgoing(admin, { ...BODY, event: "roomCreated" }).channel).toEqual([]);
  });

  it("are replaced as a whole by an update", () => {
    const { admin } = scene();
    const integration = createOutgoing(admin, { ...BODY, alias: "a", triggerWords: ["x"] });
    updateOutgoing(admin, integration, { ...BODY, urls: ["https://hooks.example/b"] });
    expect(integration).toMatchObject({ alias: null, triggerWords: null, urls: ["https://hooks.example/b"] });
  });

  it("need a token to be updated, and nothing is written without", () => {
    const { admin } = scene();
    const integration = createOutgoing(admin, BODY);
    expect(refusal(() => updateOutgoing(admin, integration, { ...BODY, name: "new", token: " " })).errorType).toBe(
      "error-invalid-token",
    );
    expect(integration.name).toBe("relay");
  });

  it("leave the events without a room to those who may manage all", () => {
    const { state, person } = scene();
    const ann = person("ann");
    state.permissions["manage-own-outgoing-integrations"] = { roles: ["user"], _updatedAt: ann.user.createdAt };
    expect(refusal(() => createOutgoing(ann, { ...BODY, event: "roomCreated" })).errorType).toBe(
      "error-invalid-permissions",
    );
    expect(createOutgoing(ann, { ...BODY, channel: "all_public_channels" }).channel).toEqual(["all_public_channels"]);
  });
});
