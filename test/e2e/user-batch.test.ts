/** A file of users, through the embedded runner: what it costs the server, what the state shows, and what a bad file does: nothing. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { unwrap } from "../../provider/runner/state/secret.ts";
import { Lab } from "../support/lab.ts";
import { stateIn } from "../support/open-state.ts";
import type { Project } from "../support/project.ts";
import { Reader } from "../support/reader.ts";
import type { TestServer } from "../support/server.ts";

const PEOPLE = 120;

const file = (edit: (line: string, i: number) => string = (line) => line): string =>
  [
    "nr,username,name,email",
    ...Array.from({ length: PEOPLE }, (_, i) => edit(`${i},user${i},User ${i},user${i}@example.com`, i)),
  ].join("\n");

const PROGRAM = `
const people = new rocketchat.UserBatch("people", { file: "people.csv", keyColumn: "nr", generatePasswords: true });
export const passwords = people.passwords;`;

describe("a batch of users", () => {
  const lab = new Lab();
  let server: TestServer;
  let project: Project;

  beforeAll(async () => {
    server = await lab.server();
    project = lab.project("embedded", server, PROGRAM);
  });
  afterAll(() => lab.close());

  const calls = async (act: () => Promise<unknown>): Promise<Record<string, number>> => {
    await server.forget();
    await act();
    const all = Object.entries(await server.calls());
    return Object.fromEntries(
      all.filter(([name]) => !/ \/api\/(info|v1\/(login|logout|me|settings\.public))$/.test(name)),
    );
  };

  test("with mistakes is refused as a whole, each with its place, and nothing is written", async () => {
    project.write(
      "people.csv",
      file((line, i) => (i % 4 === 0 ? line.replace("@example.com", "") : line)),
    );
    const made = await calls(async () => {
      const { code, output } = await project.run("up");
      expect(code).not.toBe(0);
      expect(output).toContain("30 invalid arguments; nothing was changed.");
      expect(output).toContain(
        'UserBatch "people": people.csv, line 2, column "email": must be a valid email, but is "user0"',
      );
      expect(output).toContain('UserBatch "people": and 10 more');
      expect(output).not.toContain("node_modules");
    });
    expect(made).toEqual({});
    expect(project.ids()).toEqual({});
  });

  test("is checked in preview without a call, and made with one call for each", async () => {
    project.write("people.csv", file());
    expect(await calls(() => project.succeed("preview"))).toEqual({});
    expect(await calls(() => project.succeed("up"))).toEqual({ "POST /api/v1/users.create": PEOPLE });
    expect(await calls(() => project.succeed("preview", "--expect-no-changes"))).toEqual({});
  });

  test("gives everybody a password that the server takes, and shows none in the state", async () => {
    const resources = project.resources();
    const sealed = resources.flatMap(({ outputs }) => (outputs?.password === undefined ? [] : [outputs.password]));
    expect(sealed).toHaveLength(2 * PEOPLE);
    expect(sealed.every((value) => typeof value === "object" && value !== null && "ciphertext" in value)).toBe(true);
    const opened = await stateIn(project.folder, project.env);
    const stack = opened.resources.find(({ type }) => type === "pulumi:pulumi:Stack");
    const passwords = unwrap(stack?.outputs?.passwords) as Record<string, string>;
    expect(Object.keys(passwords)).toHaveLength(PEOPLE);
    await Reader.connect(server.url, "user17", passwords.user17 ?? "");
  });

  test("renames in place whom the file renames, and deactivates who has left it", async () => {
    const id = project.ids()["people-7"];
    project.write(
      "people.csv",
      file((line, i) => (i === 7 ? line.replace("user7,", "seven,") : line))
        .split("\n")
        .slice(0, -1)
        .join("\n"),
    );
    const made = await calls(() => project.succeed("up"));
    expect(made).toMatchObject({ "POST /api/v1/users.update": 1, "POST /api/v1/users.setActiveStatus": 1 });
    expect(made).not.toHaveProperty("POST /api/v1/users.create");
    expect(project.ids()["people-7"]).toBe(id);
  });
});
