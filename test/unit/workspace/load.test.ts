import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { UNKNOWN } from "../../../provider/engine/schema.ts";
import { loadDocument } from "../../../provider/workspace/load.ts";
import { plainOf } from "../../../provider/workspace/read/tree.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "workspace-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const write = (name: string, text: string): string => {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
};
const load = (text: string, overlays: Record<string, string> = {}) =>
  loadDocument(
    write("workspace.yaml", text),
    Object.entries(overlays).map(([name, over]) => write(name, over)),
  );
const names = ({ entries }: ReturnType<typeof load>) => entries.map(({ path: at }) => at);

describe("a document", () => {
  it("puts what is needed first, and keeps the document's order else", () => {
    const document = load(`
channelMembers: { reports: { bob: { roles: [owner] } } }
channels:
  zoo: {}
  reports: { owners: [alice] }
users:
  bob: { name: Bob, email: bob@example.test, adopt: true }
  alice: { name: Alice, email: alice@example.test, adopt: true }
`);
    expect(names(document)).toEqual([
      "users.alice",
      "channels.reports",
      "users.bob",
      "channelMembers.reports.bob",
      "channels.zoo",
    ]);
    const member = document.entries.find(({ name }) => name === "reports/bob")!;
    expect([...document.dependencies.get(member)!].map(({ name }) => name).sort()).toEqual(["bob", "reports"]);
    expect(member.inputs).toEqual({ channel: "reports", username: "bob", roles: ["owner"] });
  });

  it("takes a mark for one where there are marks, and for a letter of the name elsewhere", () => {
    const document = load(`
users:
  bob: { name: Bob, email: bob@example.test, adopt: true, roles: ["# hash", "@at"] }
channels: { ops: { owners: ["@bob"] } }
roles: { "# hash": {}, "@at": {} }
`);
    expect(names(document)).toEqual(["roles.# hash", "roles.@at", "users.bob", "channels.ops"]);
  });

  it("takes secrets by reference only, wherever they stand", () => {
    const { entries } = load(`
users: { alice: { name: Alice, email: alice@example.test, password: { secret: alicePassword } } }
settings:
  SMTP_Password: { env: SMTP_PASSWORD }
  SMTP_Host: mail.example.test
`);
    expect(entries.map(({ inputs, secrets }) => [inputs, secrets.map(({ path: at, source }) => [at, source])])).toEqual(
      [
        [
          { username: "alice", name: "Alice", email: "alice@example.test", password: UNKNOWN },
          [[["password"], { secret: "alicePassword" }]],
        ],
        [{ settingId: "SMTP_Password", value: UNKNOWN }, [[["value"], { env: "SMTP_PASSWORD" }]]],
        [{ settingId: "SMTP_Host", value: "mail.example.test" }, []],
      ],
    );
  });

  it("gives every object of a section its defaults, and lets an entry say otherwise", () => {
    const { entries } = load(`
defaults: { channels: { private: true, onDestroy: delete } }
channels: { reports: , plans: { private: false } }
`);
    expect(entries.map(({ inputs }) => inputs)).toEqual([
      { name: "reports", private: true, onDestroy: "delete" },
      { name: "plans", private: false, onDestroy: "delete" },
    ]);
  });

  it("reads what it includes as if it stood there", () => {
    write("people.yaml", "users: { alice: { name: Alice, email: alice@example.test, adopt: true } }");
    write("room-a.yaml", "channels: { a: { members: [alice] } }");
    write("room-b.yaml", "channels: { b: {} }\nexisting: { users: [carol] }");
    const document = load("include: [people.yaml, room-*.yaml]\nchannels: { c: { members: [carol] } }");
    expect(names(document)).toEqual(["channels.c", "users.alice", "channels.a", "channels.b"]);
    expect(document.files.map((file) => path.basename(file))).toEqual([
      "workspace.yaml",
      "people.yaml",
      "room-a.yaml",
      "room-b.yaml",
    ]);
  });

  it("refers to what is on the server by saying so, and to what is on every server", () => {
    expect(
      names(load("existing: { users: [admin] }\nchannels: { general: { owners: [admin], members: [rocket.cat] } }")),
    ).toEqual(["channels.general"]);
  });

  it("keeps the resource's name apart from the object's, so that both can change", () => {
    const { entries } = load("channels: { lobby: { name: foyer, was: hall } }");
    expect(entries[0]).toMatchObject({ name: "lobby", was: "hall", inputs: { name: "foyer" } });
    expect(entries[0]?.inputs).not.toHaveProperty("was");
  });

  it("lays overlays on in their order", () => {
    const document = load(
      `
users:
  alice: { name: Alice, email: alice@example.test, password: { secret: alicePassword }, roles: [user] }
  bob: { name: Bob, email: bob@example.test, adopt: true }
settings: { Site_Name: Acme }
`,
      {
        "overlay.staging.yaml":
          "users: { bob: null, alice: { password: { env: STAGING_PASSWORD }, roles: [user, admin] } }\nsettings: { Site_Name: Acme staging }",
        "overlay.mine.yaml": "settings: { Site_Name: Mine }\nchannels: { extra: {} }",
      },
    );
    expect(plainOf(document.tree)).toEqual({
      users: {
        alice: {
          name: "Alice",
          email: "alice@example.test",
          password: { env: "STAGING_PASSWORD" },
          roles: ["user", "admin"],
        },
      },
      settings: { Site_Name: "Mine" },
      channels: { extra: {} },
    });
  });

  it("resolves anchors, and takes names as they were written", () => {
    const { entries } = load("channels:\n  2024: &room { topic: Year, private: true }\n  0x10: *room\n");
    expect(entries.map(({ inputs }) => inputs)).toEqual([
      { name: "2024", topic: "Year", private: true },
      { name: "0x10", topic: "Year", private: true },
    ]);
  });

  it("leads names of messages to the ids that it gives them, the same each time", () => {
    const text = `
channels: { news: {} }
messages:
  rules: { channel: news, text: Be kind. }
  answer: { channel: "#news", text: Always., threadMessageId: rules }
reactions: { rules: { ":tada:": } }
`;
    const [first, second] = [load(text), load(text)];
    const of = (document: typeof first, name: string) => document.entries.find((entry) => entry.name === name)!;
    const { messageId } = of(first, "rules").inputs;
    expect(messageId).toMatch(/^[A-Za-z0-9]{17}$/);
    expect(of(second, "rules").inputs.messageId).toBe(messageId);
    expect(of(first, "answer").inputs).toMatchObject({ threadMessageId: messageId });
    expect(of(first, "rules/:tada:").inputs).toMatchObject({ messageId });
    const needed = first.dependencies.get(of(first, "rules/:tada:"))!;
    expect([...needed].map(({ name }) => name)).toEqual(["rules"]);
  });

  it("finds files from the folder of the document that names them", () => {
    mkdirSync(path.join(folder, "emoji"), { recursive: true });
    write(
      "emoji/emoji.yaml",
      "customEmojis: { parrot: { file: parrot.png }, web: { file: https://example.test/a.png } }",
    );
    const { entries } = loadDocument(write("workspace.yaml", "include: emoji/emoji.yaml"), [], folder);
    expect(entries.map(({ inputs }) => inputs.file)).toEqual(["emoji/parrot.png", "https://example.test/a.png"]);
  });
});
