/** Look-ups in a program, on each engine: they ask from the program's own process, and end what they began. */
import { afterAll, expect, it } from "vitest";
import { describeOnEngines } from "../support/engines.ts";
import { Lab } from "../support/lab.ts";

const PROGRAM = `
const admin = await rocketchat.getUser({ username: "admin" });
const room = new rocketchat.Channel("room", { name: \`desk-of-\${admin?.username}\`, topic: "hers" });
export const adminId = admin?.id;
export const nobody = (await rocketchat.getUser({ username: "nobody" })) === undefined;
export const topic = rocketchat.getChannelOutput({ channel: room.id }).apply((found) => found?.topic);
`;

const lab = new Lab();
afterAll(() => lab.close());

describeOnEngines("look-ups", (engine) => {
  it("answers before and after what the program makes, and logs out", async () => {
    const server = await lab.server();
    const project = lab.project(engine, server, PROGRAM);
    await project.succeed("preview");
    expect((await server.reader.get("rooms.nameExists?roomName=desk-of-admin")).exists).toBe(false);
    await project.succeed("up");
    expect(project.ids()).toHaveProperty("room");
    await server.forget();
    await project.succeed("preview", "--expect-no-changes");
    const calls = await server.calls();
    // One of the program; the provider of an unchanged stack asks nothing.
    expect(calls["POST /api/v1/login"]).toBe(1);
    expect(calls["POST /api/v1/logout"]).toBe(1);
    project.program('await rocketchat.getUser({ usernam: "admin" } as never);');
    const { code, output } = await project.run("preview");
    expect(code).not.toBe(0);
    expect(output).toContain('getUser: usernam: no such argument; did you mean "username"?');
    expect(output).not.toMatch(/\n\s+at .*\(/);
  });
});
