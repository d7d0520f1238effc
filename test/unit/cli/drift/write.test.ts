import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { bench, documentBench } from "../../../support/command-line.ts";
import { startServer, type TestServer } from "../../../support/server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

const DOCUMENT = `# The workspace of Acme
include: more.yaml   # the rest

defaults:
  channels: { announcement: Hello } # for all

users:
  alice: { name: Alice, email: a@example.com, password: { env: SMTP } }   # on call
  bob: { name: Bob, email: b@example.com, password: { env: SMTP } }

channels:
  # What we build
  ops: { topic: Calm,   owners: [alice] }  # keep
  mute: { topic: Old, readOnly: true } # said
  gone: {} # nobody needs it
  quiet:   # has the default
  long:
    description: |  # in full
      One
      Two

    owners:
      - alice # leads
      # deputies below
      - bob # helps
    # nothing else
permissions:
  create-c: { roles: [admin, user, bot] } # who may
settings: { Site_Name: 'Acme', SMTP_Password: { env: SMTP } }
`;
const MORE = `# More\nsettings:\r\n  Site_Url: "http://acme.example"   # outside\r\n  Language: en # ours\r\n`;

test("puts what was changed by hand into the document, and nothing else", async () => {
  const at = documentBench(server.url, DOCUMENT);
  vi.stubEnv("SMTP", "Post-0ffice!");
  at.write("more.yaml", MORE);
  at.write("over.yaml", "# Staging\nchannels: { ops: { description: Here } } # there\n");
  const overlay = ["--overlay", "over.yaml"];
  const up = await at.run("up", "--yes", "--skip-preview", "--engine", "embedded", ...overlay);
  expect(up.stderr + (up.code === 0 ? "" : up.stdout)).toBe("");

  const { reader } = server;
  const id = async (name: string) => (await reader.room(name))?._id;
  const bob = (await reader.user("bob"))?._id;
  await reader.post("channels.setTopic", { roomId: await id("ops"), topic: "Busy: #1, {so} it is" });
  await reader.post("channels.setDescription", { roomId: await id("ops"), description: "There" });
  await reader.post("channels.setDescription", { roomId: await id("long"), description: "One\n\nThree" });
  await reader.post("channels.removeOwner", { roomId: await id("long"), userId: bob });
  await reader.post("permissions.update", { permissions: [{ _id: "create-c", roles: ["admin", "bot", "app"] }] });
  await reader.post("channels.setAnnouncement", { roomId: await id("quiet"), announcement: "Psst" });
  await reader.post("channels.setTopic", { roomId: await id("mute"), topic: "" });
  await reader.post("channels.setReadOnly", { roomId: await id("mute"), readOnly: false });
  await reader.post("channels.delete", { roomName: "gone" });
  await reader.post("settings/Site_Name", { value: "It's us" });
  await reader.post("settings/Language", { value: "de" });
  await reader.post("settings/SMTP_Password", { value: "somebody-elses" });

  const { code, stdout, stderr } = await at.run("drift", "--write", ...overlay);
  expect(stderr).toBe("");
  expect(at.read("workspace.yaml")).toBe(
    DOCUMENT.replace("topic: Calm,", 'topic: "Busy: #1, {so} it is",')
      .replace("[admin, user, bot]", "[admin, bot, app]")
      .replace("quiet:   #", "quiet: { announcement: Psst }   #")
      .replace("      One\n      Two\n\n", "      One\n\n      Three\n\n")
      .replace("|  # in full", "|-  # in full")
      .replace("      - bob # helps\n", "")
      .replace("topic: Old, readOnly: true", 'topic: "", readOnly: false')
      .replace("'Acme'", "'It''s us'"),
  );
  expect(at.read("more.yaml")).toBe(MORE.replace("en #", "de #"));
  expect(at.read("over.yaml")).toBe("# Staging\nchannels: { ops: { description: There } } # there\n");
  expect(stdout).toMatch(/left alone: Channel .*gone: it is gone\n/);
  expect(stdout).toMatch(/left alone: Setting .*SMTP_Password: value: a secret/);
  expect(stdout).toMatch(/written: Setting .*Language: value: .*more.yaml:4\n/);
  expect(stdout).not.toMatch(/somebody-elses|Post-0ffice/);
  expect(code).toBe(2);

  // What was left alone is still found; put right, nothing is to be done.
  expect((await at.run("drift", ...overlay)).stdout).toContain("1 changed, 1 gone");
  await reader.post("settings/SMTP_Password", { value: "Post-0ffice!" });
  await reader.post("channels.create", { name: "gone", members: [] });
  const preview = await at.run("preview", "--engine", "embedded", "--expect-no-changes", ...overlay);
  expect(preview.stderr + (preview.code === 0 ? "" : preview.stdout)).toBe("");
});

test("leaves alone what other places share, and what was edited since", async () => {
  const document = "channels:\n  one: { topic: &t Same }\n  two: { topic: *t }\n  three: { topic: Old }\n";
  const at = documentBench(server.url, document);
  at.write("common.yaml", "defaults: { channels: { announcement: Hi } }\n");
  const overlay = ["--overlay", "common.yaml"];
  expect(await at.run("up", "--yes", "--skip-preview", "--engine", "embedded", ...overlay)).toMatchObject({ code: 0 });
  for (const name of ["one", "two", "three"]) {
    const room = await server.reader.room(name);
    await server.reader.post("channels.setTopic", { roomId: room?._id, topic: "New" });
    await server.reader.post("channels.setAnnouncement", { roomId: room?._id, announcement: "Bye" });
  }
  const edited = document.replace("Old", "Mine");
  at.write("workspace.yaml", edited);
  const { code, stdout } = await at.run("drift", "--write", "--json", ...overlay);
  expect(at.read("workspace.yaml")).toBe(edited);
  const { written, left } = JSON.parse(stdout);
  expect(written).toEqual([]);
  const reasons = left.map(({ resource, key, reason }: Record<string, string>) => [
    resource?.split("/")[1],
    key,
    reason,
  ]);
  expect(reasons.toSorted()).toEqual([
    ["one", "announcement", "an overlay's `defaults` have it"],
    ["one", "topic", "it stands at an anchor, which other places share"],
    ["three", "announcement", "an overlay's `defaults` have it"],
    ["three", "topic", "the document has another value than the last `up`"],
    ["two", "announcement", "an overlay's `defaults` have it"],
    ["two", "topic", "it stands at an anchor, which other places share"],
  ]);
  expect(code).toBe(2);
});

test("asks for a document before it reads anything", async () => {
  const at = bench({ filled: true });
  const { stderr, stdout } = await at.run("drift", "--write");
  expect(stderr).toContain("Name a workspace document with -f.");
  expect(stdout).toBe("");
});

test("says whom the document does not know, and gives what was renamed its name where nothing refers to it", async () => {
  const document = `# Who is who
users:
  dora: { name: Dora, email: d@example.test, password: { env: SMTP } }
  emil: { name: Emil, email: e@example.test, password: { env: SMTP } } # new
  gina: { name: Gina, email: g@example.test, password: { env: SMTP } } # married
channels:
  crew: { membership: exact, members: [dora] } # aboard
  deck: { membership: exact, members: [gina] } # outside
  port:   # left
  cook:
    topic: Soup # daily
`;
  const at = documentBench(server.url, document);
  vi.stubEnv("SMTP", "Post-0ffice!");
  expect(await at.run("up", "--yes", "--skip-preview", "--engine", "embedded")).toMatchObject({ code: 0 });
  const { reader } = server;
  const id = async (name: string) => (await reader.room(name))._id;
  await reader.post("users.create", { username: "zoe", name: "Zoe", email: "z@example.test", password: "Passw0rd!" });
  const invite = async (room: string, who: string) =>
    reader.post("channels.invite", { roomId: await id(room), userId: (await reader.user(who))._id });
  await invite("crew", "zoe");
  await invite("deck", "emil");
  await reader.post("channels.rename", { roomId: await id("port"), name: "larboard" });
  await reader.post("channels.rename", { roomId: await id("cook"), name: "galley" });
  for (const [old, name] of Object.entries({ dora: "theodora", gina: "georgina" }))
    await reader.post("users.update", { userId: (await reader.user(old))._id, data: { username: name } });

  const { code, stdout } = await at.run("drift", "--write");
  expect(stdout).toMatch(
    /left alone: Channel \S+crew: members: the document knows no User "zoe"; declare it, or name it/,
  );
  expect(stdout).toMatch(
    /left alone: User \S+dora: username: channels\.crew refers to it as "dora"; give both the new name/,
  );
  expect(code).toBe(2);
  expect(at.read("workspace.yaml")).toBe(
    document
      .replace("} } # married", "}, username: georgina } # married")
      .replace("members: [gina] } # outside", "members: [emil, georgina] } # outside")
      .replace("port:   #", "port: { name: larboard }   #")
      .replace("Soup # daily", "Soup # daily\n    name: galley"),
  );
  const preview = await at.run("preview", "--engine", "embedded", "--expect-no-changes");
  expect(preview.code === 0 ? "" : preview.stdout).toBe("");
});
