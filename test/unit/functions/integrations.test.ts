import { describe, expect, it } from "vitest";
import { getIntegration, getIntegrationOutput, getIntegrations } from "../../../provider/functions/integrations.ts";
import { useServer } from "../../support/look-ups.ts";
import { declare } from "../../support/mocks.ts";

const held = useServer(async ({ reader }) => {
  const common = { enabled: true, username: "rocket.cat", channel: "#general", scriptEnabled: false };
  for (const name of ["alerts", "double", "double"])
    await reader.post("integrations.create", { type: "webhook-incoming", name, ...common });
  await reader.post("integrations.create", {
    type: "webhook-outgoing",
    name: "alerts-out",
    event: "sendMessage",
    urls: ["https://example.test/hook"],
    token: "Outgoing-Token",
    ...common,
  });
});

describe("getIntegration", () => {
  it("finds by name and id, with the address that works", async () => {
    const found = await getIntegration({ name: "alerts" });
    expect(found).toMatchObject({ type: "incoming", channel: ["#general"], username: "rocket.cat", urls: [] });
    expect(found?.url).toBe(`${held.server.url}/hooks/${found?.id}/${found?.token}`);
    expect(await getIntegration({ id: found?.id ?? "" })).toEqual(found);
    expect(await getIntegration({ name: "alert" })).toBeUndefined();
    expect(await getIntegration({ name: "alerts", type: "outgoing" })).toBeUndefined();
    expect(await getIntegration({ id: "000000000000000000000000" })).toBeUndefined();
    const answer = await fetch(found?.url ?? "", {
      method: "POST",
      body: new URLSearchParams({ payload: '{"text":"x"}' }),
    });
    expect(answer.status).toBe(200);
  });

  it("does not choose between two of one name", async () => {
    await expect(getIntegration({ name: "double" })).rejects.toThrow(/2 integrations are called "double"/);
    await expect(getIntegration({})).rejects.toThrow(/give either id or name/);
  });

  it("gives a secret in the output form", async () => {
    const { outputs, secretOutputs } = await declare(() => {
      const found = getIntegrationOutput({ name: "alerts-out" });
      return { token: found.apply((one) => one?.token), missing: getIntegrationOutput({ name: "none" }) };
    });
    expect(outputs).toEqual({ token: "Outgoing-Token", missing: undefined });
    expect(secretOutputs).toContain("token");
  });
});

describe("getIntegrations", () => {
  it("filters by type and pattern", async () => {
    const names = async (args: Parameters<typeof getIntegrations>[0]) =>
      (await getIntegrations(args)).map(({ name }) => name).sort();
    expect(await names({})).toEqual(["alerts", "alerts-out", "double", "double"]);
    expect(await names({ type: "outgoing" })).toEqual(["alerts-out"]);
    expect(await names({ name: "alerts*" })).toEqual(["alerts", "alerts-out"]);
  });
});
