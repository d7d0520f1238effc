/** What can't work: every run ends with one clear message, no stack trace, no secret, and the state as it was. */
import { readFileSync } from "node:fs";
import { createServer as createPlainServer, type RequestListener, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { describe, expect } from "vitest";
import { describeOnEngines, repository } from "../support/engines.ts";
import type { Lab } from "../support/lab.ts";
import { declare, edited, programOf } from "../support/programs.ts";
import type { Project } from "../support/project.ts";
import { scenario } from "../support/scenario.ts";
import { ADMIN, type TestServer } from "../support/server.ts";

const ROOM = { lounge: declare("Channel", { name: "lounge", topic: "Sofas" }) };
const CHANGED = programOf(edited(ROOM, { lounge: { topic: "Armchairs" } }));

/** A server of the test's own on a free port. */
async function listening(lab: Lab, server: Server): Promise<number> {
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  lab.closing({
    close: () =>
      new Promise<void>((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  });
  return (server.address() as AddressInfo).port;
}

const answering = (lab: Lab, listener: RequestListener): Promise<number> => listening(lab, createPlainServer(listener));

/** The state without what changes by mere running. */
const settled = (project: Project): string =>
  JSON.stringify(project.resources(), (key, value) =>
    ["created", "modified", "sourcePosition", "stackTrace"].includes(key) ? undefined : value,
  );

/** Runs `up` and gives its output, after checking what holds for every refusal. */
async function refused(project: Project): Promise<string> {
  const before = settled(project);
  const { code, output } = await project.run("up");
  expect(code, output).not.toBe(0);
  expect(output).not.toMatch(/^\s+at .*[:(]/m);
  expect(output).not.toContain("node:internal");
  expect(output).not.toContain(ADMIN.password);
  expect(settled(project)).toBe(before);
  return output;
}

interface Case {
  readonly title: string;
  /** Breaks what the second `up` needs. */
  readonly arrange: (project: Project, server: TestServer, lab: Lab) => Promise<void>;
  readonly message: string | RegExp;
}

const always = (server: TestServer, fault: Record<string, unknown>) =>
  server.control("faults", { path: "/api/*", times: 1_000, ...fault });

const CASES: readonly Case[] = [
  {
    title: "an address without a Rocket.Chat",
    arrange: async (project, _server, lab) => {
      const port = await answering(
        lab,
        (_request, answer) => void answer.writeHead(404, { "content-type": "text/plain" }).end("Not Found"),
      );
      project.set("ROCKETCHAT_URL", `http://127.0.0.1:${port}`);
    },
    message: /no Rocket\.Chat API at http:\/\/127\.0\.0\.1:\d+/,
  },
  {
    title: "an address that is no address",
    arrange: async (project) => project.set("ROCKETCHAT_URL", "chat.example.com"),
    message: 'must start with https:// (or http://), given "chat.example.com"',
  },
  {
    title: "plain http to another machine",
    arrange: async (project) => project.set("ROCKETCHAT_URL", "http://chat.example.com"),
    message: "plain http would send passwords and tokens unprotected to chat.example.com",
  },
  {
    title: "no credentials",
    arrange: async (project) => project.set("ROCKETCHAT_PASSWORD", undefined),
    message: "rocketchat:password is missing beside rocketchat:username",
  },
  {
    title: "a refused log-in",
    arrange: async (project) => project.set("ROCKETCHAT_PASSWORD", "not-the-password-4711"),
    message: "the server refused this user name and password",
  },
  {
    title: "a host that does not exist",
    arrange: async (project) => project.set("ROCKETCHAT_URL", "https://chat.invalid"),
    message: "chat.invalid",
  },
  {
    title: "a certificate that nobody vouches for",
    arrange: async (project, _server, lab) => {
      const pem = (name: string) => readFileSync(path.join(repository, "test/fixtures/e2e", `self-signed.${name}.pem`));
      const port = await listening(
        lab,
        createTlsServer({ cert: pem("cert"), key: pem("key") }, (_request, answer) => void answer.end("{}")),
      );
      project.set("ROCKETCHAT_URL", `https://localhost:${port}`);
    },
    message: "NODE_EXTRA_CA_CERTS",
  },
  {
    title: "a port where nobody listens",
    arrange: async (project, _server, lab) => {
      const vacated = createPlainServer();
      const port = await listening(lab, vacated);
      await new Promise((closed) => vacated.close(closed));
      project.set("ROCKETCHAT_URL", `http://127.0.0.1:${port}`);
    },
    message: /nothing listens at 127\.0\.0\.1:\d+/,
  },
  {
    title: "a proxy's HTML page",
    arrange: (_project, server) =>
      always(server, { action: "status", status: 200, body: "<html><body>Sign in to the Wi-Fi</body></html>" }),
    message: "HTML page",
  },
  {
    title: "a proxy that says 502",
    arrange: (_project, server) => always(server, { action: "status", status: 502 }),
    message: /HTML page.*502|502.*HTML page/s,
  },
  {
    title: "answers that are cut",
    arrange: (_project, server) => always(server, { action: "truncate" }),
    message: /cut|incomplete/,
  },
];

/** What only the engine could spoil is seen in a few; what the message is, is the provider's doing. */
const MANGLED = ["an address that is no address", "a refused log-in", "a proxy's HTML page"];

describeOnEngines("A run that can't work", (engine) => {
  scenario("says so once and changes nothing", async ({ lab }) => {
    const server = await lab.server();
    const project = lab.project(engine, server, programOf(ROOM));
    await project.succeed("up");
    project.program(CHANGED);
    const connection = { ...project.env };
    for (const { title, arrange, message } of CASES) {
      if (engine === "pulumi" && !MANGLED.includes(title)) continue;
      await arrange(project, server, lab);
      const output = await refused(project);
      if (typeof message === "string") expect(output, title).toContain(message);
      else expect(output, title).toMatch(message);
      expect(output, title).not.toContain("not-the-password-4711");
      await server.mend();
      expect(await server.reader.room("lounge"), title).toMatchObject({ topic: "Sofas" });
      Object.assign(project.env, connection);
    }
    await project.succeed("up");
    expect(await server.reader.room("lounge")).toMatchObject({ topic: "Armchairs" });
  });

  scenario("because the account may not do this names the permission's call", async ({ lab }) => {
    const server = await lab.server();
    await server.reader.post("users.create", {
      username: "plain",
      password: "Plain-Account-1",
      name: "Plain",
      email: "plain@example.com",
      roles: ["user"],
    });
    const carol = declare("User", {
      username: "carol",
      name: "Carol",
      email: "carol@example.com",
      password: "Caroline-1871",
    });
    const project = lab.project(engine, server, programOf({ carol }), {
      ROCKETCHAT_USERNAME: "plain",
      ROCKETCHAT_PASSWORD: "Plain-Account-1",
    });
    const { code, output } = await project.run("up");
    expect(code).not.toBe(0);
    expect(output).toContain("users.create");
    expect(output).not.toMatch(/^\s+at .*[:(]/m);
    expect(output).not.toContain("Caroline-1871");
    expect(project.ids()).toEqual({});
  });

  scenario("because of several wrong arguments names all of them, and registers nothing", async ({ lab }) => {
    const server = await lab.server();
    const project = lab.project(
      engine,
      server,
      `const fine = new rocketchat.Channel("fine", { name: "fine" });
new rocketchat.User("alice", { username: "", name: 7, nicknam: "Al", email: "not-an-address", password: "Secret-Of-Alice-1" } as never);
new rocketchat.Channel("lounge", { name: "lounge", privat: true, topic: ["a"] } as never);
new rocketchat.OutgoingWebhook("relay", { name: "Relay", event: "sendMesage", urls: ["ftp://x"], username: "rocket.cat", token: 12 } as never);
new rocketchat.Setting("site", { settingId: "Site_Name" } as never);`,
    );
    await server.forget();
    const { code, output } = await project.run("up");
    expect(code).not.toBe(0);
    const lines = output.match(/^ *- .*$/gm)?.map((line) => line.trim());
    expect(lines).toEqual([
      '- User "alice": username: must not be empty',
      '- User "alice": name: must be a string, but is the number 7',
      '- User "alice": email: must be a valid email, but is "not-an-address"',
      '- User "alice": nicknam: no such argument; did you mean "nickname"?',
      '- Channel "lounge": topic: must be a string, but is a list of 1',
      '- Channel "lounge": privat: no such argument; did you mean "private"?',
      '- OutgoingWebhook "relay": event: must be one of "sendMessage", "fileUploaded", "roomArchived", "roomCreated", "roomJoined", "roomLeft", "userCreated", but is "sendMesage"',
      '- OutgoingWebhook "relay": urls[0]: must be a valid url, but is "ftp://x"',
      '- OutgoingWebhook "relay": token: must be a string, but is a number',
      '- Setting "site": value: is required and must be true or false, or a number, or a string, or a list, or an object',
    ]);
    expect(output).not.toContain("Secret-Of-Alice-1");
    expect(output).not.toMatch(/^\s+at .*[:(]/m);
    expect(await server.calls()).toEqual({});
    expect((await server.reader.rooms()).map(({ name }) => name)).toEqual(["general"]);
  });

  scenario(
    "because of a value that only the server's part of the run knows is refused before any change to it",
    async ({ lab }) => {
      const server = await lab.server();
      const project = lab.project(
        engine,
        server,
        `const first = new rocketchat.Channel("first", { name: "first" });
new rocketchat.Channel("second", { name: "second", topic: first.id.apply(() => 7 as never) });`,
      );
      const { code, output } = await project.run("up");
      expect(code).not.toBe(0);
      expect(output).toContain("topic: must be a string, but is a number");
      expect(output).not.toMatch(/^\s+at .*[:(]/m);
      expect(Object.keys(project.ids())).toEqual(["first"]);
      expect((await server.reader.rooms()).map(({ name }) => name).sort()).toEqual(["first", "general"]);
    },
  );
});

describe.concurrent("A stack on the embedded runner", () => {
  scenario("of another passphrase is not opened", async ({ lab }) => {
    const server = await lab.server();
    const project = lab.project(
      "embedded",
      server,
      `${programOf(ROOM)}\nnew rocketchat.Setting("mail", { settingId: "SMTP_Password", value: "mail-secret" });`,
    );
    await project.succeed("up");
    project.set("PULUMI_CONFIG_PASSPHRASE", "wrong");
    expect(await refused(project)).toMatch(/passphrase/);
  });
});
