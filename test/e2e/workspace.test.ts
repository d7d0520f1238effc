/** A workspace document: through the component in a program, and without a program; either goes on where the other stopped. */
import { rmSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { describeOnCli, describeOnRunner, type Engine } from "../support/engines.ts";
import type { Lab } from "../support/lab.ts";
import type { Project, Resource } from "../support/project.ts";
import { scenario } from "../support/scenario.ts";

const PROGRAM = `new rocketchat.Workspace("acme", { file: "workspace.yaml" });`;
const DOCUMENT = `
name: acme
existing: { users: [admin] }
users:
  alice: { name: Alice, email: alice@example.test, password: { secret: alicePassword } }
  bob: { name: Bob, email: bob@example.test, password: { env: BOB_PASSWORD }, roles: [user, bot] }
channels:
  reports: { topic: Weekly numbers, members: [alice], owners: [admin], customFields: { team: { env: TEAM }, size: 2 } }
channelMembers:
  general: { alice: { roles: [moderator] } }
incomingWebhooks:
  ci: { channel: ["#reports"], username: bob }
personalAccessTokens:
  deploys: { as: { username: alice, password: { secret: alicePassword } } }
settings:
  Site_Name: Acme
  SMTP_Password: { secret: smtpPassword }
`;
const SECRETS = { alicePassword: "Alice-looking-glass-1871", smtpPassword: "Post-office-1840" };
const BOB = "Bob-the-lizard-1865";

async function setUp(
  lab: Lab,
  engine: Engine,
): Promise<{ project: Project; server: Awaited<ReturnType<Lab["server"]>> }> {
  const server = await lab.server();
  const project = lab.project(engine, server, PROGRAM, { BOB_PASSWORD: BOB, TEAM: "platform-team" });
  project.write("workspace.yaml", DOCUMENT);
  await project.configure({}, SECRETS);
  return { project, server };
}

/** What the program or the document says of each resource; times, ids and seals are another matter. */
const declared = (project: Project): Record<string, unknown> =>
  Object.fromEntries(
    project
      .resources()
      .map(({ urn, id: _, outputs: __, created: ___, modified: ____, provider: _____, ...rest }: Resource) => [
        urn,
        JSON.parse(JSON.stringify(rest, (key, value) => (key === "ciphertext" ? "sealed" : value))),
      ]),
  );

describeOnRunner("A workspace document", () => {
  scenario("leaves the same state with a program and without one", async ({ lab }) => {
    const { project, server } = await setUp(lab, "embedded");
    await project.succeed("up");
    const byComponent = declared(project);
    expect(Object.keys(byComponent)).toHaveLength(11);
    await server.forget();
    const { output } = await project.succeed("up", "-f", "workspace.yaml", "--expect-no-changes");
    expect(output).toContain("10 unchanged");
    expect(await server.calls()).toEqual({});
    await project.succeed("destroy", "-f", "workspace.yaml");

    await project.succeed("up", "-f", "workspace.yaml");
    expect(declared(project)).toEqual(byComponent);
    await project.succeed("preview", "--expect-no-changes");
    for (const { name, text } of project.files()) {
      for (const secret of [...Object.values(SECRETS), BOB]) expect(text, name).not.toContain(secret);
    }
  });

  scenario("changes with its overlay, and only what that says", async ({ lab }) => {
    const { project } = await setUp(lab, "embedded");
    await project.succeed("up", "-f", "workspace.yaml");
    const ids = project.ids();
    project.write(
      "overlay.yaml",
      "channels: { reports: { topic: Daily numbers } }\nchannelMembers: { general: { alice: null } }\n",
    );
    const { output } = await project.succeed("up", "-f", "workspace.yaml", "--overlay", "overlay.yaml");
    expect(output).toMatch(/~ 1 updated\n\s+- 1 deleted/);
    const { "acme/general/alice": _, ...kept } = ids;
    expect(project.ids()).toEqual(kept);
    // Another key with the old name: the resource moves, the room stays.
    project.write(
      "workspace.yaml",
      DOCUMENT.replace("  reports: { topic: Weekly", "  numbers: { was: reports, name: reports, topic: Daily"),
    );
    project.write("overlay.yaml", "channelMembers: { general: { alice: null } }\n");
    await project.succeed("up", "-f", "workspace.yaml", "--overlay", "overlay.yaml", "--expect-no-changes");
    expect(project.ids()).toMatchObject({ "acme/numbers": ids["acme/reports"] });
  });

  scenario("writes nothing when it is faulty, and says all that is wrong", async ({ lab }) => {
    const { project, server } = await setUp(lab, "embedded");
    await server.forget();
    project.write(
      "workspace.yaml",
      DOCUMENT.replace("[alice]", "[alcie]").replace("{ secret: smtpPassword }", "hunter2"),
    );
    for (const flags of [[], ["-f", "workspace.yaml"]]) {
      const { code, output } = await project.run("up", ...flags);
      expect(code).toBe(1);
      expect(output).toContain('channels.reports.members[0]: no User "alcie" in this document; did you mean "alice"?');
      expect(output).toContain("settings.SMTP_Password.value: a secret can't stand in the document itself");
      expect(output).not.toMatch(/hunter2|^\s+at /m);
    }
    project.write("workspace.yaml", DOCUMENT.replace("smtpPassword", "mailPassword"));
    project.set("TEAM", undefined);
    for (const flags of [[], ["-f", "workspace.yaml"]]) {
      const { code, output } = await project.run("up", ...flags);
      expect(code).toBe(1);
      expect(output).toContain('the stack\'s configuration has no "mailPassword"');
      expect(output).toContain("channels.reports.customFields.team: the environment has no TEAM");
    }
    expect(await server.calls()).toEqual({});
  });
});

describeOnRunner("A workspace document without a project", () => {
  scenario("needs nothing but itself", async ({ lab }) => {
    const { project } = await setUp(lab, "embedded");
    for (const name of ["Pulumi.yaml", "Pulumi.dev.yaml", "index.ts", "package.json", "node_modules"]) {
      rmSync(path.join(project.folder, name), { recursive: true });
    }
    project.write("workspace.yaml", DOCUMENT);
    for (const [key, value] of Object.entries(SECRETS)) {
      expect((await project.command("config", "set", "--secret", key, value)).code).toBe(0);
    }
    const up = await project.command("up", "--yes", "--skip-preview", "--engine", "embedded");
    expect(up.code, up.output).toBe(0);
    expect(up.output).toContain("Updating (dev)");
    const unchanged = await project.command("preview", "--expect-no-changes", "--engine", "embedded");
    expect(unchanged.code, unchanged.output).toBe(0);
    expect(unchanged.output).toContain("10 unchanged");
    const down = await project.command("destroy", "--yes", "--skip-preview", "--engine", "embedded");
    expect(down.code, down.output).toBe(0);
  });
});

describeOnCli("A workspace document, Pulumi CLI", () => {
  scenario(
    "is unchanged for the component after the embedded runner's up -f, and the other way round",
    async ({ lab }) => {
      const { project } = await setUp(lab, "embedded");
      await project.succeed("up", "-f", "workspace.yaml");
      project.engine = "pulumi";
      await project.succeed("preview", "--expect-no-changes");
      project.write("workspace.yaml", DOCUMENT.replace("Weekly numbers", "Daily numbers"));
      await project.succeed("up");
      // The CLI knows programs only: it is given one that reads the document.
      const document = ["--stack", "dev", "-f", "workspace.yaml", "--expect-no-changes"];
      const unchanged = await project.command("preview", "--engine", "pulumi", ...document);
      expect(unchanged.code, unchanged.output).toBe(0);
      project.engine = "embedded";
      await project.succeed("preview", "-f", "workspace.yaml", "--expect-no-changes");
    },
  );
});
