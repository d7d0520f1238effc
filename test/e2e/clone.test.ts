/** A server made equal to another one by the example's script, again and again, and by a document. */
import { cpSync, existsSync, mkdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { describeOnRunner, repository } from "../support/engines.ts";
import { type Finished, start } from "../support/processes.ts";
import { scenario } from "../support/scenario.ts";
import { ADMIN, type TestServer } from "../support/server.ts";

const SMTP = "Post-office-1840";

/** People, a room, a secret, and two webhooks of one name. */
async function fill({ reader }: TestServer): Promise<void> {
  for (const [username, roles] of Object.entries({ dave: ["user"], "build-bot": ["user", "bot"] }))
    await reader.post("users.create", {
      username,
      name: username,
      email: `${username}@example.test`,
      password: "Passw0rd!",
      roles,
    });
  await reader.post("channels.create", { name: "club", members: ["dave"] });
  await reader.post("settings/Site_Name", { value: "Acme" });
  await reader.post("settings/Site_Url", { value: "https://acme.example.test" });
  await reader.post("settings/SMTP_Host", { value: "mail.example.test" });
  await reader.post("settings/SMTP_Password", { value: SMTP });
  const hook = { type: "webhook-incoming", name: "ci", enabled: true, username: "build-bot", scriptEnabled: false };
  await reader.post("integrations.create", { ...hook, channel: "#general" });
  await reader.post("integrations.create", { ...hook, channel: "#club" });
}

describeOnRunner("A clone", () => {
  scenario("makes staging equal to production but for its overlay, and changes nothing again", async ({ lab }) => {
    const production = await lab.server();
    const staging = await lab.server({ version: "7.7.1" });
    await fill(production);
    const project = lab.project("embedded", staging, "", {
      PRODUCTION_URL: production.url,
      STAGING_URL: staging.url,
      ROCKETCHAT_FROM_USERNAME: ADMIN.username,
      ROCKETCHAT_FROM_PASSWORD: ADMIN.password,
    });
    const folder = path.join(project.folder, "clone-staging");
    cpSync(path.join(repository, "examples", "clone-staging"), folder, { recursive: true });
    const bin = path.join(repository, "node_modules", ".bin");
    const env = { ...project.env, PATH: [bin, project.env.PATH].join(path.delimiter) };
    const clone = (...flags: string[]): Promise<Finished> =>
      start(path.join(folder, "clone.sh"), flags, { cwd: project.folder, env }).done;

    await staging.forget();
    const unasked = await clone();
    expect(unasked.code).toBe(2);
    expect(unasked.output).toContain("--yes or --skip-preview or --preview-only must be passed in");
    expect(await staging.calls()).toEqual({});

    const first = await clone("--yes");
    expect(first.code, first.output).toBe(0);
    expect(first.output).toContain("incomingWebhooks: url, token (2); the target makes new ones");
    expect(first.output).toMatch(/Rocket\.Chat 8\.6\S* → 7\.7/);
    expect(first.output.indexOf("Previewing update (staging)")).toBeLessThan(
      first.output.indexOf("Updating (staging)"),
    );
    const setting = async (id: string) => (await staging.reader.get(`settings/${id}`)).value;
    expect(await setting("Site_Name")).toBe("Acme (staging)");
    expect(await setting("SMTP_Host")).toBe("");
    expect(await setting("SMTP_Password")).toBe(SMTP);
    expect(await setting("Site_Url")).not.toBe("https://acme.example.test");

    const table = path.join(folder, "new-urls.tsv");
    expect(statSync(table).mode & 0o777).toBe(0o600);
    const [head, ...rows] = readFileSync(table, "utf8").trimEnd().split("\n");
    expect(head).toBe("object\told\tnew");
    expect(rows).toHaveLength(2);
    for (const row of rows) {
      const [name, old = "", url = ""] = row.split("\t");
      expect(name).toMatch(/^incomingWebhooks\/ci(-2)?$/);
      expect(old.startsWith(`${production.url}/hooks/`)).toBe(true);
      expect(url.startsWith(`${staging.url}/hooks/`)).toBe(true);
      expect(
        (await fetch(url, { method: "POST", body: new URLSearchParams({ payload: '{"text":"hi"}' }) })).status,
      ).toBe(200);
      for (const finished of [first]) expect(finished.output).not.toContain(url.split("/").at(-1));
    }
    for (const name of ["workspace.yaml", "Pulumi.staging.yaml"]) {
      const text = readFileSync(path.join(folder, "work", name), "utf8");
      for (const secret of [SMTP, ADMIN.password]) expect(text, name).not.toContain(secret);
    }
    expect(first.output).not.toContain(SMTP);

    // The next night: two clones within a minute would wait for each other's calls.
    for (const server of [production, staging])
      await server.control("advance-clock", { seconds: 86_400, rateLimits: true });
    const second = await clone("--yes");
    expect(second.code, second.output).toBe(0);
    expect(second.output).toMatch(/Resources:\n +\d+ unchanged\n/);
    expect(second.output).not.toMatch(/ (created|updated|deleted)\b/);
  });

  scenario(
    "takes a document as its source, a stack of its own beside others, and goes on where it was killed",
    async ({ lab }) => {
      const [first, behind] = [await lab.server(), await lab.server()];
      const second = await lab.forwarder(behind.url);
      const project = lab.project("embedded", first, "");
      const folder = path.join(project.folder, "acme");
      mkdirSync(folder);
      project.write("acme/workspace.yaml", "channels: { club: { topic: Chess } }\nsettings: { No_Such_Setting: 1 }\n");
      const argumentsOf = (to: string) => ["clone", "--from", "acme/workspace.yaml", "--to", to, "--yes"];
      const clone = (to: string, ...flags: string[]) => project.command(...argumentsOf(to), ...flags);
      const held = second.hold("after", 1, (method, path) => method === "POST" && path.endsWith("channels.create"));
      const bin = path.join(repository, "provider", "bin", "pulumi-rocketchat.mjs");
      const killed = start(process.execPath, [bin, ...argumentsOf(second.url), "--stack", "two"], {
        cwd: project.folder,
        env: project.env,
      });
      await Promise.race([held, killed.done]);
      killed.kill("SIGKILL");
      expect((await killed.done).signal).toBe("SIGKILL");
      second.clear();
      for (const [stack, { url }] of Object.entries({ one: first, two: second })) {
        const { code, output } = await clone(url, "--stack", stack);
        expect(code, output).toBe(0);
        expect(output).toContain("Left out, for the target has no such thing: settings.No_Such_Setting");
        expect(existsSync(path.join(folder, `Pulumi.${stack}.yaml`))).toBe(true);
      }
      expect((await behind.reader.get("channels.info?roomName=club")).channel).toMatchObject({ topic: "Chess" });

      const { code, output } = await clone(second.url, "--stack", "one");
      expect(code).toBe(1);
      expect(output).toContain(`The stack "one" of acme belongs to ${first.url}, not to ${second.url}.`);
    },
  );
});
