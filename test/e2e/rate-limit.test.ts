/** An account that the server limits: a run waits for its windows and never knocks at a closed door twice. */
import { expect } from "vitest";
import { describeOnEngines } from "../support/engines.ts";
import { declare, programOf } from "../support/programs.ts";
import { scenario } from "../support/scenario.ts";

const LIMITED = { username: "limited", password: "Limited-Account-1" } as const;

describeOnEngines("An account that is subject to rate limits", (engine) => {
  scenario("makes 25 rooms without a second 429 in any window", async ({ lab }) => {
    const server = await lab.server();
    await server.reader.post("users.create", {
      ...LIMITED,
      name: "Limited",
      email: "limited@example.com",
      roles: ["user"],
    });
    await server.control("rate-limit", { calls: 10, seconds: 2 });
    const forwarder = await lab.forwarder(server.url);
    const rooms = Object.fromEntries(
      Array.from({ length: 25 }, (_, index) => [
        `room${index}`,
        declare("Channel", { name: `room-${index}`, topic: "Limited" }),
      ]),
    );
    const project = lab.project(engine, forwarder, programOf(rooms), {
      ROCKETCHAT_USERNAME: LIMITED.username,
      ROCKETCHAT_PASSWORD: LIMITED.password,
    });
    const { output } = await project.succeed("up");
    expect(Object.keys(project.ids())).toHaveLength(25);
    expect(output).toMatch(/waiting \d+ s for the server's rate limit on POST channels\.create/);

    const creations = forwarder.passed.filter(({ path, status }) => path.includes("channels.create") && status === 200);
    expect(creations).toHaveLength(25);
    expect(new Set(creations.map(({ windowEnd }) => windowEnd)).size).toBeGreaterThanOrEqual(3);
    const refused = forwarder.passed
      .filter(({ status }) => status === 429)
      .map(({ method, path, windowEnd }) => `${method} ${path.split("?")[0]} ${windowEnd}`);
    expect(refused).toEqual([...new Set(refused)]);
  });
});
