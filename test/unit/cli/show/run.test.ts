import path from "node:path";
import { expect, test } from "vitest";
import { shown } from "../../../../provider/cli/show/run.ts";
import { loadDocument } from "../../../../provider/workspace/load.ts";
import { bench } from "../../../support/command-line.ts";

const example = path.join(import.meta.dirname, "../../../../examples/workspace-yaml");

test("prints a document with its includes in place and its overlay laid on", () => {
  const document = loadDocument(path.join(example, "workspace.yaml"), [path.join(example, "overlay.staging.yaml")]);
  expect(shown(document)).toMatchInlineSnapshot(`
    "name: acme
    defaults:
      users: { roles: [ user ] }
    users:
      alice:
        name: Alice Liddell
        email: alice@example.com
        password: { secret: alicePassword }
        roles: [ user, admin ]
    incomingWebhooks:
      ci: { channel: [ "#builds" ], username: rocket.cat, alias: CI }
    settings: { Site_Name: Acme (staging), Accounts_RegistrationForm: Disabled }
    channels:
      builds: { topic: What the pipelines do, owners: [ alice ], members: [] }
      leads: { private: true, members: [ alice ] }
    channelMembers:
      general: {}
    "
  `);
});

test("what it prints stands for the same objects, files of other folders among them", async () => {
  const at = bench();
  at.write("workspace.yaml", 'include: parts/emoji.yaml\nsettings: { Site_Name: Acme, "2024": "yes" }\n');
  at.write(
    "parts/emoji.yaml",
    "customEmojis:\n  party: { file: party.png }\n  far: { file: 'https://example.com/a.png' }\n",
  );
  const { stdout, code } = await at.run("show", "-f", "workspace.yaml");
  expect(code).toBe(0);
  expect(stdout).toContain("file: parts/party.png");
  at.write("whole.yaml", stdout);
  const objects = (file: string) =>
    loadDocument(path.join(at.folder, file), [], at.folder).entries.map(({ path, inputs }) => ({ path, inputs }));
  expect(objects("whole.yaml")).toEqual(objects("workspace.yaml"));
});

test("keeps secrets as references, and lists the objects in the order in which they are made", async () => {
  const at = bench();
  at.write(
    "workspace.yaml",
    "channels: { ops: { owners: [alice] } }\nusers: { alice: { name: A, email: a@example.com, password: { env: PATH } } }\n",
  );
  expect((await at.run("show", "-f", "workspace.yaml")).stdout).toContain("password: { env: PATH }");
  expect((await at.run("show", "-f", "workspace.yaml", "--names")).stdout).toBe("users.alice\nchannels.ops\n");
});

test("tells a document's errors as up does, and where no document is", async () => {
  const at = bench();
  at.write("workspace.yaml", "users: { alice: { name: A, email: a@example.com, password: Tr0ub4dor } }\n");
  const faulty = await at.run("show", "-f", "workspace.yaml");
  expect(faulty).toMatchObject({ code: 1, stdout: "" });
  expect(faulty.stderr).toContain("workspace.yaml:1:");
  expect(faulty.stderr).not.toContain("Tr0ub4dor");
  expect((await at.run("show")).stderr).toContain("Name a workspace document with -f.");
});
