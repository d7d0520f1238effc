/** A token's rotation leaves no gap: the old one works until what uses it has the new one. */
import { expect } from "vitest";
import { describeOnEngines } from "../support/engines.ts";
import { declare, edited, expression, programOf } from "../support/programs.ts";
import { scenario } from "../support/scenario.ts";

describeOnEngines("A token that is rotated", (engine) => {
  scenario("overlaps with its successor", async ({ lab }) => {
    const server = await lab.server();
    const proxy = await lab.forwarder(server.url);
    const { reader } = server;
    const program = {
      deploy: declare("PersonalAccessToken", { name: "deploy", triggers: { month: "2026-01" } }),
      // Depends on the token's new name, so that it is updated between the new token and the end of the old one.
      note: declare("Channel", { name: "deploy-notes", topic: expression("deploy.tokenName") }),
    };
    const project = lab.project(engine, proxy, programOf(program));
    await project.succeed("up");
    const made = JSON.parse(
      proxy.passed.find(({ path }) => path.includes("generatePersonalAccessToken"))?.body ?? "{}",
    );
    const [oldName] = await reader.tokens();
    const { userId } = project.resources().find(({ urn }) => urn.endsWith("::deploy"))?.outputs ?? {};
    expect(await reader.accepts(String(userId), made.token)).toBe(true);

    project.program(programOf(edited(program, { deploy: { triggers: { month: "2026-02" } } })));
    expect(await project.operations()).toMatchObject({ deploy: "replace" });
    const held = proxy.hold("before", 1, (_method, path) => path.includes("removePersonalAccessToken"));
    const up = await project.begin("up");
    const { release } = await Promise.race([held, up.done.then(({ output }) => Promise.reject(new Error(output)))]);
    // In this moment both are there, and who depends on the token has the new name.
    const names = await reader.tokens();
    expect(names).toHaveLength(2);
    expect(await reader.accepts(String(userId), made.token)).toBe(true);
    const newName = names.find((name) => name !== oldName);
    expect((await reader.room("deploy-notes")).topic).toBe(newName);
    release();
    expect(await up.done).toMatchObject({ code: 0 });

    expect(await reader.tokens()).toEqual([newName]);
    expect(await reader.accepts(String(userId), made.token)).toBe(false);
    await project.succeed("preview", "--expect-no-changes");
  });
});
