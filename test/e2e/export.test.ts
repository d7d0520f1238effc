/** What `export` writes, used as it is meant: a program that type-checks, beside the state that `pulumi import` makes of the other file. */
import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { describeOnCli, repository } from "../support/engines.ts";
import { start } from "../support/processes.ts";
import { scenario } from "../support/scenario.ts";

const SECRETS = { smtpPassword: "Post-office-1840", outToken: "Outgoing-token-1234567890" };

describeOnCli("An exported workspace, Pulumi CLI", () => {
  scenario("is a program, and a state that has nothing to change", async ({ lab }) => {
    const server = await lab.server();
    const { reader } = server;
    const account = { name: 'Zoë: # "1"'.replaceAll('"', "’"), password: "Passw0rd!x" };
    await reader.post("users.create", {
      ...account,
      username: "zoe.1",
      email: "zoe@example.test",
      roles: ["user", "bot"],
    });
    await reader.post("users.create", { ...account, username: "null", email: "null@example.test" });
    await reader.post("channels.create", { name: "ops", members: ["zoe.1"] });
    const hook = { enabled: true, username: "zoe.1", channel: "#ops", scriptEnabled: false };
    await reader.post("integrations.create", { ...hook, type: "webhook-incoming", name: "ci" });
    const urls = ["https://hooks.example.test/"];
    const token = SECRETS.outToken;
    await reader.post("integrations.create", {
      ...hook,
      type: "webhook-outgoing",
      name: "out",
      event: "sendMessage",
      urls,
      token,
    });
    await reader.post("settings/SMTP_Password", { value: SECRETS.smtpPassword });

    const project = lab.project("pulumi", server, "");
    const told = await project.command("export", "--format", "typescript", "--out", "index.ts");
    expect(told.output).toContain("pulumi-rocketchat config set --secret smtpPassword");
    expect(told.code).toBe(0);
    const program = readFileSync(path.join(project.folder, "index.ts"), "utf8");
    expect(program).toContain("username: userZoe1.username,");
    expect(program).toContain(`pulumi.interpolate\`#\${channelOps.name}\``);
    const flags = [
      "--noEmit",
      "--strict",
      "--skipLibCheck",
      "--module",
      "nodenext",
      "--target",
      "es2024",
      "--types",
      "node",
    ];
    const tsc = path.join(repository, "node_modules", "typescript", "bin", "tsc");
    const checked = await start(process.execPath, [tsc, ...flags, "index.ts"], {
      cwd: project.folder,
      env: project.env,
    }).done;
    expect(checked.output).toBe("");

    expect((await project.command("export", "--format", "import", "--out", "import.json")).code).toBe(0);
    expect(statSync(path.join(project.folder, "import.json")).mode & 0o777).toBe(0o600);
    await project.configure({}, SECRETS);
    await server.forget();
    const flagsOfImport = [
      "--file",
      "import.json",
      "--generate-code=false",
      "--protect=false",
      "--yes",
      "--stack",
      "dev",
    ];
    const imported = await project.pulumi("import", ...flagsOfImport);
    expect(imported.code, imported.output).toBe(0);
    await project.succeed("preview", "--expect-no-changes");
    for (const { name, text } of project.files())
      for (const secret of Object.values(SECRETS)) expect(text, name).not.toContain(secret);
    expect(Object.keys(await server.calls()).filter((route) => !/^GET |log(in|out)$/.test(route))).toEqual([]);
  });
});
