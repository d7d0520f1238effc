import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { startSandbox } from "../../../../provider/sandbox/index.ts";
import { type Credentials, Talk, talk } from "../talk.ts";

const read = async (server: Talk, as: Credentials, id: string): Promise<unknown> =>
  (await server.call(`GET settings/${id}`, undefined, as)).json.value;

it("gives the workspace's id to anybody, and the same one after a restart", async () => {
  const dir = mkdtempSync(join(tmpdir(), "sandbox-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const file = join(dir, "workspace.json");
  const id = async (server: Talk) => (await server.call("GET settings.public?_id=uniqueID")).json.settings;
  const first = new Talk(await startSandbox({ file }));
  const before = await id(first);
  await first.sandbox.close();
  expect(before).toEqual([{ _id: "uniqueID", enterprise: false, value: expect.stringMatching(/^[0-9a-f-]{36}$/) }]);
  expect(await id(await talk({ file }))).toEqual(before);
  expect(await id(await talk())).not.toEqual(before);
});

it("stores what it is sent and gives the default beside it", async () => {
  const server = await talk();
  const admin = await server.login();
  await server.call("POST settings/Site_Name", { value: 12 }, admin);
  expect(await read(server, admin, "Site_Name")).toBe(12);
  const path = "GET settings?includeDefaults=true&count=0";
  const { settings } = (await server.call(path, undefined, admin)).json as { settings: { _id: string }[] };
  expect(settings.find(({ _id }) => _id === "Site_Name")).toMatchObject({ value: 12, packageValue: "Rocket.Chat" });
});

it("writes many or none", async () => {
  const server = await talk();
  const admin = await server.login();
  const bulk = (settings: object[]) => server.call("POST settings", { settings }, admin);
  const refused = await bulk([
    { _id: "Site_Name", value: "x" },
    { _id: "API_Enable_Rate_Limiter", value: "no" },
  ]);
  expect(refused.json.error).toBe("Match error: Expected boolean, got string");
  expect(await read(server, admin, "Site_Name")).toBe("Rocket.Chat");
  expect((await bulk([{ _id: "API_Enable_Rate_Limiter", value: false }])).status).toBe(200);
  expect(await read(server, admin, "API_Enable_Rate_Limiter")).toBe(false);
});

it("adds a sign-in service under the server's own spelling, and lists it once it is on", async () => {
  const server = await talk();
  const admin = await server.login();
  await server.call("POST settings.addCustomOAuth", { name: "My IdP" }, admin);
  await server.call("POST settings/Accounts_OAuth_Custom-Myidp-id", { value: "client" }, admin);
  await server.call("POST settings.addCustomOAuth", { name: "My IdP" }, admin);
  expect(await read(server, admin, "Accounts_OAuth_Custom-Myidp-id")).toBe("client");
  expect((await server.call("GET settings.oauth")).json.services).toEqual([]);
  await server.call("POST settings/Accounts_OAuth_Custom-Myidp", { value: true }, admin);
  expect((await server.call("GET settings.oauth")).json.services).toMatchObject([{ name: "myidp", custom: true }]);
});

it("knows its own address", async () => {
  const server = await talk();
  expect(await read(server, await server.login(), "Site_Url")).toBe(server.sandbox.url);
});
