import { rmSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { bench } from "../../../support/command-line.ts";
import { ADMIN, startServer, type TestServer } from "../../../support/server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

test("tells what was changed by hand and what is gone, and writes nothing", async () => {
  const at = bench();
  vi.stubEnv("ROCKETCHAT_URL", server.url);
  vi.stubEnv("ROCKETCHAT_USERNAME", ADMIN.username);
  vi.stubEnv("ROCKETCHAT_PASSWORD", ADMIN.password);
  vi.stubEnv("SMTP", "post-office");
  rmSync(path.join(at.folder, "Pulumi.yaml"));
  at.write(
    "workspace.yaml",
    "channels: { ops: { topic: Calm }, gone: {} }\nsettings: { Site_Name: Acme, SMTP_Password: { env: SMTP } }\n",
  );
  expect(await at.run("up", "--yes", "--skip-preview", "--engine", "embedded")).toMatchObject({ code: 0 });
  expect(await at.run("drift")).toEqual({ code: 0, stdout: "Nothing was changed by hand.\n", stderr: "" });

  const room = await server.reader.room("ops");
  await server.reader.post("channels.setTopic", { roomId: room?._id, topic: "Hacked" });
  await server.reader.post("channels.delete", { roomName: "gone" });
  await server.reader.post("settings/SMTP_Password", { value: "somebody-elses" });
  await server.forget();
  const { code, stdout, stderr } = await at.run("drift");
  expect(stderr).toBe("");
  expect(stdout).toContain('ops: topic: "Calm" → "Hacked"\n');
  expect(stdout).toMatch(/- Channel .*gone: is gone\n/);
  expect(stdout).toMatch(/~ Setting .*SMTP_Password: value: changed\n/);
  expect(stdout).toContain("Somebody changed 3 objects by hand.");
  expect(stdout).not.toMatch(/somebody-elses|post-office/);
  expect(code).toBe(2);
  const writes = Object.keys(await server.calls()).filter(
    (call) => !call.startsWith("GET") && !/log(in|out)$/.test(call),
  );
  expect(writes).toEqual([]);
  expect(JSON.parse((await at.run("drift", "--json")).stdout).changes).toHaveLength(3);

  vi.stubEnv("ROCKETCHAT_PASSWORD", "wr0ng-secret");
  const refused = await at.run("drift");
  expect(refused.code).toBe(1);
  expect(refused.stdout).toContain("error: ");
  expect(refused.stdout).not.toMatch(/by hand|wr0ng-secret/);
});

test("takes a stack that isn't there for a mistake", async () => {
  const at = bench();
  const { code, stderr } = await at.run("drift", "-s", "nowhere");
  expect(code).toBe(6);
  expect(stderr).toContain("nowhere");
});
