/** Sign-in methods through the embedded runner: in which order the server is told, and that all of it goes back. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Forwarder } from "../support/forwarder.ts";
import { Lab } from "../support/lab.ts";
import type { Project } from "../support/project.ts";
import type { TestServer } from "../support/server.ts";

const program = (port: number, enabled = true) => `
new rocketchat.LdapSignIn("ldap", {
  serverType: "other",
  host: "ldap.example.com",
  port: ${port},
  baseDn: "ou=people,dc=example,dc=com",
  bindDn: "cn=chat,dc=example,dc=com",
  bindPassword: pulumi.secret("directory-Passw0rd"),
  enabled: ${enabled},
});`;

describe("LDAP", () => {
  const lab = new Lab();
  let server: TestServer;
  let forwarder: Forwarder;
  let project: Project;

  beforeAll(async () => {
    server = await lab.server();
    forwarder = await lab.forwarder(server.url);
    project = lab.project("embedded", forwarder, program(1389));
  });
  afterAll(() => lab.close());

  /** Ids of the settings that were written, in order. */
  async function written(act: () => Promise<unknown>): Promise<string[]> {
    const from = forwarder.passed.length;
    await act();
    return forwarder.passed
      .slice(from)
      .filter(({ method, path }) => method === "POST" && path.includes("/settings/"))
      .map(({ path }) => path.replace(/.*\//, ""));
  }

  test("is switched on after all else is written, and hides its password", async () => {
    const ids = await written(() => project.succeed("up"));
    expect(ids).toHaveLength(8);
    expect(ids.at(-1)).toBe("LDAP_Enable");
    expect(await server.reader.setting("LDAP_Enable")).toBe(true);
    expect(await server.reader.setting("LDAP_Port")).toBe(1389);
    expect(await server.reader.setting("LDAP_Authentication_Password")).toBe("directory-Passw0rd");
    expect(project.files().filter(({ text }) => text.includes("directory-Passw0rd"))).toEqual([]);
    await project.succeed("preview", "--expect-no-changes");
  });

  test("is switched off before anything else changes", async () => {
    project.program(program(2389, false));
    expect(await written(() => project.succeed("up"))).toEqual(["LDAP_Enable", "LDAP_Port"]);
    project.program(program(1389));
    expect(await written(() => project.succeed("up"))).toEqual(["LDAP_Port", "LDAP_Enable"]);
  });

  test("is switched off first when it goes, and everything is as it was", async () => {
    const ids = await written(() => project.succeed("destroy"));
    expect(ids[0]).toBe("LDAP_Enable");
    expect(await server.reader.setting("LDAP_Enable")).toBe(false);
    expect(await server.reader.setting("LDAP_Host")).toBe("");
    expect(await server.reader.setting("LDAP_Port")).toBe(389);
    expect(await server.reader.setting("LDAP_Authentication_Password")).toBe("");
  });
});
