import { afterEach, beforeEach, expect, it } from "vitest";
import { createClient } from "../../../../provider/client/create-client.ts";
import { forKind } from "../../../../provider/dynamic.ts";
import { UNKNOWN } from "../../../../provider/engine/schema.ts";
import { refuseSize, sizeOf } from "../../../../provider/kinds/message/size.ts";
import { ADMIN, startServer, type TestServer } from "../../../support/server.ts";

let server: TestServer;
beforeEach(async () => {
  server = await startServer();
});
afterEach(() => server.close());

it("counts as the server does", () => {
  expect(sizeOf("abc")).toBe(3);
  expect(sizeOf("👩‍👩‍👧 é")).toBe(3);
  expect(sizeOf(":tada: :no_such_emoji:")).toBe(2 + ":no_such_emoji:".length);
});

it("asks for the limit only where the default would refuse, and takes a larger one", async () => {
  const client = createClient({ url: server.url, credentials: ADMIN, retry: "rapid" });
  await server.forget();
  expect(await refuseSize(client, "x".repeat(5_000))).toBeUndefined();
  expect(await refuseSize(client, ":tada:".repeat(5_000))).toBeUndefined();
  expect(await server.calls()).toEqual({});
  expect(await refuseSize(client, "x".repeat(5_001))).toMatch(/at most 5000 characters.*has 5001/);
  await server.reader.post("settings/Message_MaxAllowedSize", { value: 6_000 });
  expect(await refuseSize(client, "x".repeat(6_000))).toBeUndefined();
  expect(await refuseSize(client, "x".repeat(6_001))).toMatch(/at most 6000/);
  await client.close();
});

it("refuses a text that is too long in check, which preview runs", async () => {
  const front = forKind("Message", 1);
  const config: Record<string, string> = {
    "rocketchat:url": server.url,
    "rocketchat:username": ADMIN.username,
    "rocketchat:password": ADMIN.password,
  };
  front.configure({ config: { get: (key) => config[key] }, log: () => {} });
  const reasons = async (text: string) => {
    const { failures } = await front.check({}, { channel: "general", text });
    return failures.map(({ reason }) => reason);
  };
  expect(await reasons("x".repeat(5_001))).toEqual([expect.stringMatching(/^text: must have at most 5000/)]);
  expect(await reasons("x".repeat(5_000))).toEqual([]);
  expect(await reasons(UNKNOWN)).toEqual([]);
  await server.close();
  // Nobody to ask: `up` finds out.
  expect(await reasons("x".repeat(5_001))).toEqual([]);
  await front.dispose();
  server = await startServer();
}, 60_000);
