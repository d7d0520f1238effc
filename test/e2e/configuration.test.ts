/** The connection from the stack's configuration, as most people will have it: plain values, secrets, and none of it in clear. */
import { expect } from "vitest";
import { describeOnCli, describeOnEngines, describeOnRunner } from "../support/engines.ts";
import { declare, programOf } from "../support/programs.ts";
import type { Project } from "../support/project.ts";
import { scenario } from "../support/scenario.ts";
import { ADMIN } from "../support/server.ts";

const NO_ENVIRONMENT = { ROCKETCHAT_URL: "", ROCKETCHAT_USERNAME: "", ROCKETCHAT_PASSWORD: "" };

const PROGRAM = programOf({
  lounge: declare("Channel", { name: "lounge" }),
  alice: declare("User", {
    username: "alice",
    name: "Alice",
    email: "alice@example.com",
    password: "Down-the-rabbit-hole-1865",
  }),
});

/** Places below the project that hold the text. */
const placesOf = (project: Project, text: string): string[] =>
  ["state", "home"]
    .flatMap((folder) => project.files(folder))
    .filter((file) => file.text.includes(text))
    .map(({ name }) => name);

describeOnEngines("A connection from the stack's configuration", (engine) => {
  scenario("with user name and password works, and the password stays sealed", async ({ lab }) => {
    const server = await lab.server();
    const project = lab.project(engine, server, PROGRAM, NO_ENVIRONMENT);
    await project.configure(
      { "rocketchat:url": server.url, "rocketchat:username": ADMIN.username },
      { "rocketchat:password": ADMIN.password },
    );
    await project.succeed("up");
    expect(await server.reader.room("lounge")).toMatchObject({ t: "c" });
    await project.succeed("preview", "--expect-no-changes");
    await project.succeed("refresh");
    expect(placesOf(project, ADMIN.password)).toEqual([]);
    expect(placesOf(project, server.url).length).toBeGreaterThan(0);
    await project.succeed("destroy");
  });

  scenario("with a token that is exchanged goes on with the new one, and replaces nothing", async ({ lab }) => {
    const server = await lab.server();
    const { reader } = server;
    const token = async (name: string) =>
      (await reader.post("users.generatePersonalAccessToken", { tokenName: name, bypassTwoFactor: true }))
        .token as string;
    const [first, second] = [await token("first"), await token("second")];
    const { _id: userId } = await reader.user(ADMIN.username);
    const project = lab.project(engine, server, PROGRAM, NO_ENVIRONMENT);
    await project.configure(
      { "rocketchat:url": server.url, "rocketchat:userId": userId },
      { "rocketchat:authToken": first },
    );
    await project.succeed("up");
    const before = project.ids();

    await project.configure({}, { "rocketchat:authToken": second });
    await reader.post("users.removePersonalAccessToken", { tokenName: "first" });
    await project.succeed("up");
    expect(project.ids()).toEqual(before);
    await project.succeed("refresh");
    await project.succeed("destroy");
    expect(placesOf(project, first)).toEqual([]);
    expect(placesOf(project, second)).toEqual([]);
  });
});

describeOnRunner("A connection from the stack's configuration", (engine) => {
  scenario("that decides what destroy does is obeyed", async ({ lab }) => {
    const server = await lab.server();
    const project = lab.project(engine, server, PROGRAM);
    await project.configure({ "rocketchat:onDestroy": "delete" }, {});
    await project.succeed("up");
    await project.succeed("destroy");
    expect((await server.reader.rooms()).map(({ name }) => name)).toEqual(["general"]);
    expect((await server.reader.users()).map(({ username }) => username)).not.toContain("alice");
  });
});

describeOnCli("Configuration set by the Pulumi CLI", () => {
  scenario("is read by the embedded runner, secrets included", async ({ lab }) => {
    const server = await lab.server();
    const project = lab.project("pulumi", server, PROGRAM, NO_ENVIRONMENT);
    await project.configure(
      { "rocketchat:url": server.url, "rocketchat:username": ADMIN.username },
      { "rocketchat:password": ADMIN.password },
    );
    project.engine = "embedded";
    await project.succeed("up");
    project.engine = "pulumi";
    await project.succeed("preview", "--expect-no-changes");
    expect(placesOf(project, ADMIN.password)).toEqual([]);
  });
});
