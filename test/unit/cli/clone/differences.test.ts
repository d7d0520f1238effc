/** What a clone leaves behind, and what it says about it. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  kindsToLookUp,
  ownPasswords,
  remadeLines,
  unknownEntries,
  versionLines,
} from "../../../../provider/cli/clone/differences.ts";
import { overlayWithout, trailOf, writeLeftOut } from "../../../../provider/cli/clone/leave-out.ts";
import { loadDocument } from "../../../../provider/workspace/load.ts";

const DOCUMENT = `
users:
  admin: { name: Admin, email: admin@example.test, password: { secret: adminPassword }, adopt: true }
  dave: { name: Dave, email: dave@example.test, adopt: true }
channels: { club: {} }
incomingWebhooks: { ci: { channel: ["#club"], username: dave } }
customSounds: { ding: { file: ding.mp3 } }
permissions: { view-logs: { roles: [admin] }, fly: { roles: [admin] } }
settings: { Site_Name: Acme, Wings: 2 }
`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "clone-"));
  writeFileSync(path.join(folder, "workspace.yaml"), DOCUMENT);
});
afterAll(() => rmSync(folder, { recursive: true }));
const load = (...overlays: string[]) => loadDocument(path.join(folder, "workspace.yaml"), overlays, folder);

describe("what the target can't have", () => {
  it("is asked for those kinds alone whose objects nobody makes", () => {
    expect(kindsToLookUp(load().entries).map(({ kind }) => kind)).toEqual(["Permission", "Setting"]);
  });

  it("is taken away by an overlay, and nothing else", () => {
    const there = new Map([
      ["Setting", new Set(["Site_Name"])],
      ["Permission", new Set(["view-logs"])],
    ]);
    const { entries } = load();
    const trails = [...unknownEntries(entries, there).map(trailOf), ...ownPasswords(entries, "admin")];
    const file = writeLeftOut(folder, "staging", trails) ?? "";
    expect(readFileSync(file, "utf8")).toMatch(/^# What staging can't have/);
    const rest = load(file).entries;
    expect(rest.map((entry) => entry.path).sort()).toEqual(
      entries
        .map((entry) => entry.path)
        .filter((name) => !/\.(fly|Wings)$/.test(name))
        .sort(),
    );
    expect(rest.find(({ name }) => name === "admin")?.inputs).not.toHaveProperty("password");
    expect(writeLeftOut(folder, "staging", [])).toBeUndefined();
  });

  it("keeps what lies beside it", () => {
    expect(
      overlayWithout([
        ["users", "a", "password"],
        ["users", "b"],
      ]),
    ).toEqual({ users: { a: { password: null }, b: null } });
  });
});

describe("what is told", () => {
  it("is what the older release can't do, for what the document has", () => {
    const { entries } = load();
    expect(versionLines("8.6", "7.7", entries)).toEqual([
      "customSounds: can't be made there (Rocket.Chat 8.5 or newer); --exclude customSounds leaves them out",
    ]);
    expect(versionLines("8.6.1", "8.0", entries)).toHaveLength(2);
    expect(versionLines("7.7", "8.6", entries)).toEqual([]);
  });

  it("is what the target makes anew", () => {
    const { entries } = load();
    expect(remadeLines(entries, "random")).toEqual([
      "users: passwords (2); the server invents a password for each new person and mails it",
      "incomingWebhooks: url, token (1); the target makes new ones",
    ]);
    // A document says itself where its passwords come from.
    expect(remadeLines(entries, undefined)).toHaveLength(1);
  });
});
