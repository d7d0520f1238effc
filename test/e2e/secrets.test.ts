/** Known secrets are searched for in everything that a run leaves: state, backups, journals, output, errors. */
import { expect } from "vitest";
import { describeOnEngines } from "../support/engines.ts";
import { edited, expression, programOf } from "../support/programs.ts";
import { scenario } from "../support/scenario.ts";
import { ADMIN } from "../support/server.ts";
import { SECRETS, WORLD } from "../support/world.ts";

/** The world on an explicit provider, so that the connection's own secrets have a place in the state, too. */
function program(url: string, changes: Parameters<typeof edited>[1] = {}): string {
  const provider = `const chat = new rocketchat.Provider("chat", { url: "${url}", username: "${ADMIN.username}", password: "${ADMIN.password}" });`;
  const declarations = Object.fromEntries(
    Object.entries(edited(WORLD, changes)).map(([name, declaration]) => [
      name,
      { ...declaration, options: { provider: expression("chat") } },
    ]),
  );
  return `${provider}\n${programOf(declarations)}
export const tokenOfScripts = scripts.token;
export const hookAddress = deployments.url;
export const everything = { nested: [scripts.token, { password: alice.password }] };`;
}

describeOnEngines("Secrets", (engine) => {
  scenario("appear nowhere", async ({ lab }) => {
    const server = await lab.server();
    const forwarder = await lab.forwarder(server.url);
    const project = lab.project(engine, forwarder, program(forwarder.url), { ROCKETCHAT_PASSWORD: "" });
    const outputs: [string, string][] = [];
    const note = async (verb: "preview" | "up" | "refresh" | "destroy", ...flags: string[]) => {
      const { output, code } = await project.run(verb, ...flags);
      outputs.push([`${verb} ${flags.join(" ")} (${code})`, output]);
      return code;
    };

    await note("preview");
    await note("preview", "--diff");
    await note("preview", "--json");
    expect(await note("up")).toBe(0);
    const changes = {
      alice: { password: "Looking-glass-milk-1872", name: "Alice" },
      engineering: { joinCode: "another-secret-code-4712" },
      relay: { token: "outgoing-token-f00d-4713" },
    };
    project.program(program(forwarder.url, changes));
    await note("preview", "--diff");
    await note("preview", "--json");
    expect(await note("up", "--diff")).toBe(0);
    await note("refresh", "--preview-only", "--diff");
    await note("refresh", "--preview-only", "--json");
    expect(await note("refresh")).toBe(0);

    // A server that repeats what it was sent must not be believed to be harmless.
    const echo = JSON.stringify({
      success: false,
      error: "Password Yet-another-secret-1873 refused [error-password-policy-not-met]",
    });
    await server.control("faults", {
      path: "users.update",
      action: "status",
      status: 400,
      body: echo,
      contentType: "application/json",
    });
    project.program(
      program(forwarder.url, { ...changes, alice: { password: "Yet-another-secret-1873", name: "Alice" } }),
    );
    expect(await note("up")).not.toBe(0);
    project.program(
      program(forwarder.url, { alice: { password: "Too-long-for-a-number-1874", bio: 7 }, relay: { token: 12 } }),
    );
    expect(await note("up")).not.toBe(0);

    const madeByServer = forwarder.passed.flatMap(({ path, body }) => {
      const answer = /login|PersonalAccessToken|integrations\.create/.test(path) ? body : "";
      return [...answer.matchAll(/"(?:token|authToken)":"([^"]+)"/g)].map((match) => match[1] ?? "");
    });
    expect(madeByServer.length).toBeGreaterThanOrEqual(3);
    const secrets = [
      ...Object.values(SECRETS),
      ...madeByServer,
      ADMIN.password,
      ...Object.values(changes).flatMap((change) => Object.values(change).filter((value) => value !== "Alice")),
      "Yet-another-secret-1873",
      "Too-long-for-a-number-1874",
    ];
    const places = [
      ...outputs.map(([name, text]) => ({ name, text })),
      ...project.files("state"),
      ...project.files("home"),
    ];
    const found = places.flatMap(({ name, text }) =>
      secrets.filter((secret) => text.includes(secret)).map((secret) => `${secret} in ${name}`),
    );
    expect(found).toEqual([]);
    expect(await note("destroy")).toBe(0);
  });
});
