/** Either engine goes on where the other stopped with every kind, and costs the server nothing. Random turns: interchange. */
import { expect } from "vitest";
import { describeOnCli, type Engine } from "../support/engines.ts";
import { edited, programOf } from "../support/programs.ts";
import { scenario } from "../support/scenario.ts";
import { WORLD } from "../support/world.ts";

const OUTPUTS = `
export const token = scripts.token;
export const rooms = [engineering.name, incidents.name];`;

describeOnCli("State that both engines work on in turn", () => {
  scenario("shows no change after up, update and refresh, and can be destroyed", async ({ lab }) => {
    const server = await lab.server();
    const project = lab.project("embedded", server, programOf(WORLD) + OUTPUTS);
    const as = (engine: Engine) => {
      project.engine = engine;
      return project;
    };
    const agree = async (engine: Engine) => {
      await server.forget();
      await as(engine).succeed("preview", "--expect-no-changes");
      expect(await server.calls()).toEqual({});
    };

    await as("embedded").succeed("up");
    const ids = project.ids();
    await agree("pulumi");
    const changes = {
      alice: { name: "Alice L.", password: "Looking-glass-milk-1872" },
      engineering: { topic: "What we run" },
    };
    project.program(programOf(edited(WORLD, changes)) + OUTPUTS);
    expect(await as("embedded").operations()).toEqual({ alice: "update", engineering: "update" });
    await as("pulumi").succeed("up");
    await agree("embedded");
    await as("embedded").succeed("refresh");
    await agree("pulumi");
    await as("pulumi").succeed("refresh", "--expect-no-changes");
    await agree("embedded");
    expect(project.ids()).toEqual(ids);
    await as("pulumi").succeed("destroy");
    expect(await as("embedded").operations()).toMatchObject(
      Object.fromEntries(Object.keys(WORLD).map((name) => [name, "create"])),
    );
  });
});
