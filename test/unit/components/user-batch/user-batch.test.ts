/** From a file or a list to one User each; everything that is wrong is said at once, with its place. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { secret } from "@pulumi/pulumi";
import { afterAll, describe, expect, it } from "vitest";
import type { UserBatchArgs } from "../../../../provider/components/user-batch/args.ts";
import { checkBatch } from "../../../../provider/components/user-batch/schema.ts";
import { UserBatch } from "../../../../provider/components/user-batch/user-batch.ts";
import { declare } from "../../../support/mocks.ts";

const folder = mkdtempSync(path.join(tmpdir(), "rocketchat-csv-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
function csv(content: string | Buffer): string {
  const file = path.join(folder, `${files++}.csv`);
  writeFileSync(file, content);
  return file;
}

/** What is wrong, with the file's path shortened to `FILE`. */
function wrong(content: string | Buffer, args: UserBatchArgs = {}): string[] {
  const file = csv(content);
  return checkBatch({ file, generatePasswords: true, ...args }).failures.map(({ reason }) =>
    reason.replaceAll(file, "FILE"),
  );
}

function rowsOf(content: string, args: UserBatchArgs = {}) {
  const { rows, failures } = checkBatch({ file: csv(content), generatePasswords: true, ...args });
  expect(failures).toEqual([]);
  return rows;
}

const HEAD = "username,name,email";

describe("a file", () => {
  it("gives one user per line, each value of the type that a user has", () => {
    const rows = rowsOf(
      [
        "username,name,email,roles,active,verified,customFields.team,bio",
        'alice,Alice,alice@example.com,"user, bot",no,TRUE,ops,',
        'bob,"Bob ""B"" Builder",bob@example.com,admin;user,1,,,"two\nlines"',
      ].join("\n"),
    );
    expect(rows).toEqual([
      {
        name: "alice",
        username: "alice",
        isPasswordMade: true,
        values: {
          username: "alice",
          name: "Alice",
          email: "alice@example.com",
          roles: ["user", "bot"],
          active: false,
          verified: true,
          customFields: { team: "ops" },
        },
      },
      {
        name: "bob",
        username: "bob",
        isPasswordMade: true,
        values: {
          username: "bob",
          name: 'Bob "B" Builder',
          email: "bob@example.com",
          roles: ["admin", "user"],
          active: true,
          bio: "two\nlines",
        },
      },
    ]);
  });

  it("may have other column names, another delimiter, Windows line ends, a byte order mark and columns that mean nothing here", () => {
    const [row, ...rest] = rowsOf(
      "\ufeffNr;login;Full name;Mail;Room\r\n17; @alice ;Alice;alice@example.com;3.14\r\n\r\n",
      {
        delimiter: ";",
        columns: { username: "login", name: "Full name", email: "Mail" },
        ignoreColumns: ["Room"],
        keyColumn: "Nr",
      },
    );
    expect(rest).toEqual([]);
    expect(row).toMatchObject({ name: "17", username: "alice" });
  });

  it("is completed by defaults, which a cell overrides", () => {
    const [alice, bob] = rowsOf(`${HEAD},bio\nalice,Alice,alice@example.com,own\nbob,Bob,bob@example.com,\n`, {
      defaults: { bio: "common", roles: ["user"] },
      onDestroy: "delete",
      adopt: true,
    });
    expect(alice?.values).toMatchObject({ bio: "own", roles: ["user"], onDestroy: "delete", adopt: true });
    expect(bob?.values).toMatchObject({ bio: "common" });
  });

  it("of 5,000 lines is checked whole", () => {
    const lines = Array.from({ length: 5_000 }, (_, i) => `user${i},User ${i},user${i}@example.com`);
    expect(rowsOf([HEAD, ...lines].join("\n"))).toHaveLength(5_000);
    expect(wrong([HEAD, ...lines, "USER17,Again,user4999@EXAMPLE.com"].join("\n"))).toEqual([
      'FILE, line 5002, column "username": "USER17" is at FILE, line 19, column "username" already (upper and lower case count as the same)',
      'FILE, line 5002, column "email": "user4999@EXAMPLE.com" is at FILE, line 5001, column "email" already (upper and lower case count as the same)',
    ]);
  });
});

describe("mistakes in a file are told with line and column", () => {
  it.each<[string, string | Buffer, UserBatchArgs, string[]]>([
    [
      "a bad address, in a column of another name",
      'login,name,mail\n"a\nb",A,a@example.com\nalice,Alice,alice@\n',
      { columns: { username: "login", email: "mail" } },
      ['FILE, line 4, column "mail" (email): must be a valid email, but is "alice@"'],
    ],
    [
      "a missing username and a word that is no switch",
      `${HEAD},active\n,Alice,alice@example.com,maybe\n`,
      {},
      [
        'FILE, line 2, column "username": is required and must be a string',
        'FILE, line 2, column "active": must be true or false, but is "maybe"',
      ],
    ],
    [
      "too many and too few cells",
      `${HEAD}\nalice,Alice,alice@example.com,x\nbob,Bob\n`,
      {},
      [
        "FILE, line 2: has 4 cells, but the first line names 3 columns",
        "FILE, line 3: has 2 cells, but the first line names 3 columns",
      ],
    ],
    [
      "a slip in a column's name, and what is missing for it, once",
      "usernme,name,email\nalice,Alice,alice@example.com\nbob,Bob,bob@example.com\n",
      {},
      [
        'FILE, line 1, column "usernme": is no argument of a user (did you mean "username"?); map it with `columns`, or leave it aside with `ignoreColumns`',
        'file: no column is the required argument "username": add one, or name it in `columns.username`',
      ],
    ],
    [
      "a mapping that leads nowhere",
      `${HEAD},lgn\nalice,Alice,alice@example.com,x\n`,
      { columns: { nickname: "lng", usrname: "lgn", preferences: "lgn" }, ignoreColumns: true },
      [
        'columns.nickname: FILE has no column "lng" (did you mean "lgn"?); it has "username", "name", "email", "lgn"',
        'columns.usrname: is no argument of a user (did you mean "username"?)',
        "columns.preferences: takes an object, which no cell can hold; give it in `defaults`, or fields in columns `customFields.<name>`",
      ],
    ],
    [
      "a column that is there twice",
      `${HEAD},email\nalice,Alice,alice@example.com,b@example.com\n`,
      {},
      ['FILE, line 1: column "email" is there twice'],
    ],
    [
      "another delimiter",
      "username;name;email\nalice;Alice;alice@example.com\n",
      { defaults: { name: "x" } },
      [
        'FILE, line 1: is one single column; are its cells divided by ";"? Then say `delimiter: ";"`',
        expect.stringContaining('"username"') as unknown as string,
        expect.stringContaining('"email"') as unknown as string,
      ],
    ],
    [
      "a quotation mark that is not closed",
      `${HEAD}\nalice,"Alice,alice@example.com\nbob,Bob,bob@example.com\n`,
      {},
      [
        expect.stringMatching(
          /^file: FILE, record from line 2 on: a quotation mark \("\) is opened and never closed; a cell/,
        ),
      ],
    ],
    [
      "a quotation mark in the middle",
      `${HEAD}\nalice,Al"ice,alice@\n`,
      {},
      [expect.stringMatching(/^file: FILE, record from line 2 on: a quotation mark \("\) stands inside a cell/)],
    ],
    [
      "another encoding",
      Buffer.from(`${HEAD}\nrené,René,r@example.com`, "latin1"),
      {},
      [expect.stringContaining("FILE: it is not text in UTF-8")],
    ],
    ["nothing at all", "\n\n", {}, ["file: FILE is empty; its first line must name the columns"]],
    [
      "a key that is there twice, and one that is empty",
      `${HEAD},nr\na,A,a@example.com,1\nb,B,b@example.com,1\nc,C,c@example.com,\n`,
      { keyColumn: "nr" },
      [
        'FILE, line 3, key: "1" is at FILE, line 2, key already (upper and lower case count as the same)',
        "FILE, line 4, key: the key is empty",
      ],
    ],
  ])("%s", (_what, content, args, expected) => {
    expect(wrong(content, args)).toEqual(expected);
  });

  it("a file that is not there, and a folder", () => {
    expect(checkBatch({ file: "none.csv" }).failures[0]?.reason).toMatch(
      /^file: none\.csv: there is no such file \(looked for it from \//,
    );
    expect(checkBatch({ file: folder }).failures[0]?.reason).toMatch(/: it is a folder/);
  });

  it("never with the value of a password", () => {
    const found = wrong(`${HEAD},password\nalice,Alice,alice@,hunter2-hunter2\n`, {
      defaults: { password: 4711 as unknown as string },
    });
    expect(found).toHaveLength(2);
    expect(found.join()).not.toMatch(/hunter2|4711/);
  });
});

describe("rows", () => {
  const alice = { username: "alice", name: "Alice", email: "alice@example.com", password: "Known-Passw0rd" };

  it("may hold what is not known yet, except for the username", () => {
    const { rows, failures } = checkBatch({ rows: [{ ...alice, password: secret("later-Passw0rd"), key: "7" }] });
    expect(failures).toEqual([]);
    expect(rows[0]).toMatchObject({ name: "7", username: "alice" });
    const username = secret("bob") as unknown as string;
    expect(checkBatch({ rows: [{ ...alice, username }] }).failures.map(({ reason }) => reason)).toEqual([
      "rows[0].username: must be known when the program runs",
    ]);
  });

  it("need a password each, or a reason not to", () => {
    const { password: _password, ...plain } = alice;
    expect(checkBatch({ rows: [plain, { ...plain, username: "bob", email: "b@example.com" }] }).failures).toEqual([
      {
        path: "password",
        reason:
          "password: 2 users have none (rows[0].password); give each one, or all one in `defaults`, or say `generatePasswords: true`, or `adopt: true` for users that exist",
      },
    ]);
    for (const way of [
      { adopt: true },
      { generatePasswords: true },
      { defaults: { setRandomPassword: true } },
      { defaults: { password: secret("x") } },
    ])
      expect(checkBatch({ rows: [plain], ...way }).failures).toEqual([]);
  });

  it("are refused with their place", () => {
    const rows = [alice, { ...alice, email: "nobody", nme: "x" } as never];
    expect(checkBatch({ rows }).failures.map(({ reason }) => reason)).toEqual([
      'rows[1].email: must be a valid email, but is "nobody"',
      'rows[1].nme: no such argument; did you mean "name"?',
      'rows[1].username: "alice" is at rows[0].username already (upper and lower case count as the same)',
    ]);
  });
});

describe("arguments of the batch", () => {
  it.each([
    ["neither file nor rows", {}, "file: is required, or `rows`"],
    ["both", { file: "x.csv", rows: [] }, "file: and `rows` exclude each other"],
    ["columns of rows", { rows: [], columns: {} }, "columns: goes with `file` only"],
    ["a slip", { rows: [], defualts: {} }, 'defualts: no such argument; did you mean "defaults"?'],
    ["a long delimiter", { file: "x.csv", delimiter: "||" }, 'delimiter: must have at most 1 characters, but is "||"'],
    [
      "a wrong mode",
      { rows: [], onDestroy: "archive" },
      'onDestroy: must be one of "deactivate", "delete", "retain", but is "archive"',
    ],
    [
      "one name for all",
      { rows: [], defaults: { username: "x" } },
      "defaults.username: can't be the same for all users",
    ],
    [
      "a bad default, once",
      {
        generatePasswords: true,
        rows: [{ username: "a", name: "A", email: "a@example.com" }],
        defaults: { active: "maybe" },
      },
      'defaults.active: must be true or false, but is "maybe"',
    ],
  ])("%s", (_what, args, expected) => {
    expect(checkBatch(args as UserBatchArgs).failures.map(({ reason }) => reason)).toEqual([expected]);
  });
});

describe("the component", () => {
  const rows = [
    { username: "alice", name: "Alice", email: "alice@example.com" },
    { username: "Bob", name: "Bob", email: "bob@example.com", password: "Given-Passw0rd" },
  ];

  it("has one user per row as its child, under a name that follows from the username", async () => {
    const { resources } = await declare(() => {
      const batch = new UserBatch("people", {
        rows,
        defaults: { roles: ["user"], password: "Common-Passw0rd" },
        onDestroy: "delete",
      });
      return { count: batch.count };
    });
    const users = [...resources.values()].filter(({ type }) => type.endsWith(":User"));
    expect(
      users.map(({ name, parent, inputs }) => [name, parent, inputs.username, inputs.roles, inputs.onDestroy]),
    ).toEqual([
      ["people-alice", "people", "alice", ["user"], "delete"],
      ["people-bob", "people", "Bob", ["user"], "delete"],
    ]);
    expect(users.map(({ secrets }) => secrets)).toEqual([["password"], ["password"]]);
    expect(users.map(({ inputs }) => inputs.password)).toEqual(["Common-Passw0rd", "Given-Passw0rd"]);
    expect(resources.size).toBe(3);
  });

  it("makes the passwords that are missing, and gives them away as a secret only", async () => {
    const { resources, outputs, secretOutputs } = await declare(
      () => {
        const batch = new UserBatch("people", { rows, generatePasswords: true });
        return { passwords: batch.passwords, id: batch.users.alice?.userId, count: batch.count };
      },
      {
        answers: {
          "pulumi-nodejs:dynamic/rocketchat:GeneratedPassword": () => ({ password: "made-by-itself" }),
          "pulumi-nodejs:dynamic/rocketchat:User": ({ username }) => ({ userId: `id-of-${username}` }),
        },
      },
    );
    expect(outputs).toEqual({ passwords: { alice: "made-by-itself" }, id: "id-of-alice", count: 2 });
    expect(secretOutputs).toEqual(["passwords"]);
    expect(resources.get("people-alice")?.inputs.password).toBe("made-by-itself");
    expect(resources.get("people-alice")?.secrets).toEqual(["password"]);
    expect(resources.has("people-bob-password")).toBe(false);
  });
});
