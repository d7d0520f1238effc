/** How look-ups reach a server, in preview and in `up`. */
import * as pulumi from "@pulumi/pulumi";
import { afterEach, describe, expect, it, vi } from "vitest";
import { PermissionError } from "../../../provider/errors.ts";
import { closeAll } from "../../../provider/functions/connection.ts";
import { getUser, getUserOutput } from "../../../provider/functions/users.ts";
import { getServerInfo, getServerInfoOutput, getStatistics } from "../../../provider/functions/workspace.ts";
import { Provider } from "../../../provider/kinds/provider/resource.ts";
import { callsOf, useServer } from "../../support/look-ups.ts";
import { declare } from "../../support/mocks.ts";
import { ADMIN, startServer } from "../../support/server.ts";

const held = useServer();
/** Nobody listens there. */
const NOWHERE = "http://127.0.0.1:1";

afterEach(closeAll);

class Thing extends pulumi.CustomResource {}
class Strange extends pulumi.ProviderResource {}

const isKnown = (output: pulumi.Output<unknown>) => (output as unknown as { isKnown: Promise<boolean> }).isKnown;
const nameOf = (found: { name: string } | undefined) => found?.name;

describe("the connection of a look-up", () => {
  it("logs in once, however many ask, and logs out at the end", async () => {
    const calls = await callsOf(held.server, async () => {
      await Promise.all([getUser({ username: "admin" }), getUser({ username: "rocket.cat" }), getStatistics()]);
      await getUser({ username: "admin" });
    });
    expect(calls).toEqual({ login: 1, "users.info": 3, statistics: 1 });
    expect(await callsOf(held.server, closeAll)).toEqual({ logout: 1 });
  });

  it("comes from the stack's configuration before the environment", async () => {
    vi.stubEnv("ROCKETCHAT_URL", NOWHERE);
    pulumi.runtime.setConfig("rocketchat:url", held.server.url);
    try {
      expect((await getServerInfo()).url).toBe(held.server.url);
    } finally {
      pulumi.runtime.setConfig("rocketchat:url", "");
    }
  });

  it("is an explicit provider's, also through a parent", async () => {
    const other = await startServer({ version: "7.7.1" });
    try {
      const { outputs } = await declare(() => {
        const provider = new Provider("other", { url: pulumi.output(other.url), ...ADMIN });
        const parent = new pulumi.ComponentResource("test:index:Parent", "parent", {}, { providers: [provider] });
        return {
          given: getServerInfoOutput({}, { provider }).version,
          inherited: getServerInfoOutput({}, { parent }).version,
          promised: getServerInfo({}, { provider }).then(({ version }) => version),
          own: getServerInfoOutput().version,
        };
      });
      expect(outputs).toEqual({ given: "7.7", inherited: "7.7", promised: "7.7", own: "8.6" });
    } finally {
      await other.close();
    }
  });

  it("is refused when it is no Rocket.Chat provider's, or missing", async () => {
    vi.stubEnv("ROCKETCHAT_URL", "");
    await expect(getServerInfo()).rejects.toThrow(/rocketchat:url is missing/);
    await declare(() => {
      const provider = new Strange("pulumi-nodejs", "strange", {});
      expect(() => getServerInfoOutput({}, { provider })).toThrow(/must be a rocketchat.Provider/);
      return {};
    });
  });

  it("fails as a resource does, with a message that is complete", async () => {
    await held.server.reader.post("users.create", {
      username: "plain",
      name: "plain",
      email: "plain@example.test",
      password: "Passw0rd!plain",
    });
    vi.stubEnv("ROCKETCHAT_USERNAME", "plain");
    vi.stubEnv("ROCKETCHAT_PASSWORD", "Passw0rd!plain");
    const failure = await getStatistics().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(PermissionError);
    expect(pulumi.RunError.isInstance(failure)).toBe(true);
  });
});

describe("in preview", () => {
  it("answers what is there already", async () => {
    const { outputs } = await declare(
      () => ({ name: getUserOutput({ username: pulumi.output("admin") }).apply(nameOf) }),
      { up: false },
    );
    expect(outputs).toEqual({ name: "Admin" });
  });

  it("is unknown, and asks nobody, where an argument or what it depends on is not known yet", async () => {
    const known: Promise<boolean>[] = [];
    const calls = await callsOf(held.server, async () => {
      await declare(
        () => {
          const unknown = pulumi.output(pulumi.unknown as unknown as string);
          // Mocks give every resource an id.
          const unmade = Object.assign(new Thing("test:index:Thing", "thing", {}), { id: unknown });
          const outputs = [
            getUserOutput({ username: unknown }),
            getUserOutput({ username: "admin" }, { dependsOn: unmade }),
            getUserOutput({ username: "admin" }, { dependsOn: [unmade] }),
          ];
          known.push(...outputs.map(isKnown));
          return {};
        },
        { up: false },
      );
      await Promise.all(known);
    });
    expect(await Promise.all(known)).toEqual([false, false, false]);
    expect(calls).toEqual({});
  });

  it("is unknown while a server that the program starts itself does not run", async () => {
    let known: Promise<boolean> | undefined;
    const { outputs } = await declare(
      () => {
        const provider = new Provider("local", { url: NOWHERE, ...ADMIN, startTimeoutMs: 1_000 });
        const info = getServerInfoOutput({}, { provider });
        known = isKnown(info);
        return { failure: getServerInfo({}, { provider }).catch((error: Error) => error.message) };
      },
      { up: false },
    );
    expect(await known).toBe(false);
    expect(outputs.failure).toMatch(/not known or not there before `up`.*\n.*getServerInfoOutput/);
  });
});
