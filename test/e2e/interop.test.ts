/** Either engine goes on where the other stopped: state, secrets and configuration are the same to both. */
import { expect } from "vitest";
import { describeOnCli, type Engine } from "../support/engines.ts";
import { edited, programOf } from "../support/programs.ts";
import { scenario } from "../support/scenario.ts";
import { WORLD } from "../support/world.ts";

const OUTPUTS = `
export const token = scripts.token;
export const rooms = [engineering.name, incidents.name];`;

const other: Record<Engine, Engine> = { embedded: "pulumi", pulumi: "embedded" };

for (const first of ["embedded", "pulumi"] as const) {
  const second = other[first];
  describeOnCli(`State made by the ${first} engine and continued by the other`, () => {
    scenario("shows no change after up, update and refresh, and can be destroyed", async ({ lab }) => {
      const server = await lab.server();
      const project = lab.project(first, server, programOf(WORLD) + OUTPUTS);
      const as = (engine: Engine) => {
        project.engine = engine;
        return project;
      };
      /** The second engine sees what the first did; then the first still agrees. */
      const agree = async () => {
        await server.forget();
        await as(second).succeed("preview", "--expect-no-changes");
        expect(await server.calls()).toEqual({});
      };

      await as(first).succeed("up");
      const ids = project.ids();
      await agree();
      const changes = {
        alice: { name: "Alice L.", password: "Looking-glass-milk-1872" },
        engineering: { topic: "What we run" },
      };
      project.program(programOf(edited(WORLD, changes)) + OUTPUTS);
      expect(await as(second).operations()).toEqual({ alice: "update", engineering: "update" });
      await as(first).succeed("up");
      await agree();
      await as(first).succeed("refresh");
      await agree();

      // Now the other way round: the second writes, the first reads.
      project.program(programOf(edited(WORLD, { ...changes, incidents: { announcement: "Quiet today" } })) + OUTPUTS);
      await as(second).succeed("up");
      await as(first).succeed("preview", "--expect-no-changes");
      await as(second).succeed("refresh", "--expect-no-changes");
      expect(project.ids()).toEqual(ids);
      await as(first).succeed("destroy");
      expect(await as(second).operations()).toMatchObject(
        Object.fromEntries(Object.keys(WORLD).map((name) => [name, "create"])),
      );
    });
  });
}
