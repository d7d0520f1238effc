/** What a refresh of a big stack costs the server: list pages, not one call per object. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Engine, pulumiCli } from "../support/engines.ts";
import { Lab } from "../support/lab.ts";
import type { Project } from "../support/project.ts";
import type { TestServer } from "../support/server.ts";

const MANY = `
for (let i = 0; i < 1000; i++) {
  new rocketchat.User(\`user\${i}\`, {
    username: \`user\${i}\`,
    name: \`User \${i}\`,
    email: \`user\${i}@example.com\`,
    password: "Same-For-All-1",
    roles: ["user"],
    joinDefaultChannels: false,
  });
}
for (let i = 0; i < 200; i++) {
  new rocketchat.Channel(\`room\${i}\`, { name: \`room-\${i}\`, topic: \`Topic \${i}\`, private: i % 4 === 0 });
}
for (let i = 0; i < 50; i++) {
  new rocketchat.IncomingWebhook(\`hook\${i}\`, { name: \`Hook \${i}\`, channel: "#general", username: "rocket.cat" });
}`;

describe("1,000 users, 200 rooms and 50 webhooks", () => {
  const lab = new Lab();
  let server: TestServer;
  let project: Project;

  beforeAll(async () => {
    server = await lab.server();
    project = lab.project("embedded", server, MANY);
    await project.succeed("up");
  });
  afterAll(() => lab.close());

  async function refreshCosts(engine: Engine): Promise<void> {
    project.engine = engine;
    await server.forget();
    // The CLI's own preview would read everything once more; the runner reads once.
    const once = engine === "pulumi" ? ["--skip-preview"] : [];
    const { output } = await project.succeed("refresh", ...once);
    expect(output).toContain("1251 unchanged");
    const calls = await server.calls();
    const total = Object.values(calls).reduce((sum, count) => sum + count, 0);
    expect(total, JSON.stringify(calls)).toBeLessThanOrEqual(30);
    expect(Object.keys(calls).filter((call) => !/^GET |login$|logout$/.test(call))).toEqual([]);
  }

  test("are refreshed by the embedded runner in at most 30 calls", () => refreshCosts("embedded"));

  if (pulumiCli === undefined) test.skip("are refreshed by the Pulumi CLI (skipped: no pulumi on PATH)", () => {});
  else test("are refreshed by the Pulumi CLI in at most 30 calls", () => refreshCosts("pulumi"));
});
