import { expect, test, vi } from "vitest";
import { bench } from "../../../support/command-line.ts";

test("lists with secrets masked and asks for no passphrase", async () => {
  const at = bench({ filled: true });
  vi.stubEnv("PULUMI_CONFIG_PASSPHRASE", undefined);
  expect((await at.run("config")).stdout).toBe(
    `KEY             VALUE
list            [{"a":"b"},{"s":"[secret]"}]
num             5
pw              [secret]
rocketchat:url  http://127.0.0.1
`,
  );
  expect(JSON.parse((await at.run("config", "--json")).stdout)).toEqual({
    "golden:list": { secret: true },
    "golden:num": { value: "5", secret: false },
    "golden:pw": { secret: true },
    "rocketchat:url": { value: "http://127.0.0.1", secret: false },
  });
});

test("shows secrets when told to, and one value or a part of it", async () => {
  const at = bench({ filled: true });
  const { stdout } = await at.run("config", "--show-secrets", "--json");
  expect(JSON.parse(stdout)).toMatchObject({
    "golden:pw": { value: "hunter2", secret: true },
    "golden:list": { value: '[{"a":"b"},{"s":"sek"}]', objectValue: [{ a: "b" }, { s: "sek" }], secret: true },
  });
  expect((await at.run("config", "get", "pw")).stdout).toBe("hunter2\n");
  expect((await at.run("config", "get", "--path", "list[1].s")).stdout).toBe("sek\n");
  expect(await at.run("config", "get", "nope")).toMatchObject({ code: 1, stdout: "" });
});

test("sets text that stays text, and values inside by their type", async () => {
  const at = bench({ yaml: "# ours\nconfig:\n  golden:l: [1, 2]   # two\n" });
  for (const [key, value] of [
    ["flag", "true"],
    ["zip", "0123"],
    ["rocketchat:url", "http://x"],
  ] as const)
    expect(await at.run("config", "set", key, value)).toEqual({ code: 0, stdout: "", stderr: "" });
  await at.run("config", "set", "--path", "o.n", "5");
  await at.run("config", "set", "--path", "o.on", "true");
  await at.run("config", "set", "--path", "o.zip", "0123");
  await at.run("config", "set", "--path", "l[2]", "3");
  expect(at.read("Pulumi.dev.yaml")).toBe(`# ours
config:
  golden:l: [1, 2, 3]   # two
  golden:flag: "true"
  golden:zip: "0123"
  rocketchat:url: http://x
  golden:o:
    n: 5
    on: true
    zip: "0123"
`);
});

test("seals a secret and never writes it in clear", async () => {
  const at = bench();
  expect((await at.run("config", "set", "--secret", "pw", "hunter2")).code).toBe(0);
  const text = at.read("Pulumi.dev.yaml");
  expect(text).toMatch(/^encryptionsalt: v1:.+\nconfig:\n {2}golden:pw:\n {4}secure: v1:.+\n$/);
  expect(text).not.toContain("hunter2");
  expect((await at.run("config", "get", "pw")).stdout).toBe("hunter2\n");
});

test("removes a value, a part of one, and an empty map", async () => {
  const at = bench({ yaml: "config:\n  golden:a:\n    b: 1\n    c: 2\n  # about z\n  golden:z: 1\n" });
  await at.run("config", "rm", "--path", "a.b");
  await at.run("config", "rm", "z");
  await at.run("config", "rm", "nope");
  expect(at.read("Pulumi.dev.yaml")).toBe("config:\n  golden:a:\n    c: 2\n");
  await at.run("config", "rm", "a");
  expect(at.read("Pulumi.dev.yaml")).not.toContain("config");
});

test("warns of a setting that the provider doesn't know, and of a password in clear", async () => {
  const at = bench();
  const slip = await at.run("config", "set", "rocketchat:urll", "x");
  expect(slip).toMatchObject({ code: 0, stderr: expect.stringContaining("did you mean rocketchat:url?") });
  const clear = await at.run("config", "set", "rocketchat:password", "hunter2");
  expect(clear.stderr).toContain("--secret");
  expect(clear.stderr).not.toContain("hunter2");
  expect(await at.run("config", "set", "--plaintext", "rocketchat:password", "x")).toMatchObject({ stderr: "" });
});

test.each([
  ["config:\n  a: b\n c: d\n", /not valid YAML.*line 3, column 1/],
  ["config: [1]\n", /"config" must be a map/],
  ["config:\n  a:b:c:d: 1\n", /can't be a configuration key/],
  ["secretsprovider: awskms://alias/x\nencryptedkey: abc\n", /awskms:\/\/alias\/x.*not supported/],
  ["config:\n  golden:a:\n    secure: v1:AAAA:BBBB\n", /no encryptionsalt/],
  ["encryptionsalt: nonsense\nconfig: {}\n", /encryption salt is not in the form/],
])("refuses the file %j with one message and leaves it alone", async (yaml, message) => {
  const at = bench({ yaml });
  const results = [await at.run("config", "--show-secrets"), await at.run("config", "set", "--secret", "x", "hunter2")];
  expect(results.map(({ stderr }) => stderr).join("")).toMatch(message);
  for (const { stderr } of results) expect(stderr).not.toMatch(/ {4}at |hunter2/);
  if (!yaml.includes("secure")) expect(at.read("Pulumi.dev.yaml")).toBe(yaml);
});

test.each([
  ["wrong", { PULUMI_CONFIG_PASSPHRASE: "bad" }, /passphrase is wrong/],
  ["missing", { PULUMI_CONFIG_PASSPHRASE: undefined }, /PULUMI_CONFIG_PASSPHRASE, or PULUMI_CONFIG_PASSPHRASE_FILE/],
  [
    "in a missing file",
    { PULUMI_CONFIG_PASSPHRASE: undefined, PULUMI_CONFIG_PASSPHRASE_FILE: "nope.txt" },
    /nope\.txt: no such file/,
  ],
])("a passphrase that is %s is named, and nothing is written", async (_, env, message) => {
  const at = bench({ filled: true });
  const before = [at.read("Pulumi.dev.yaml"), at.read(at.checkpoint)];
  for (const [key, value] of Object.entries(env)) vi.stubEnv(key, value);
  for (const args of [
    ["config", "get", "pw"],
    ["config", "set", "--secret", "pw", "x"],
    ["stack", "export", "--show-secrets"],
  ])
    expect(await at.run(...args)).toMatchObject({ code: 1, stdout: "", stderr: expect.stringMatching(message) });
  expect([at.read("Pulumi.dev.yaml"), at.read(at.checkpoint)]).toEqual(before);
});

test("a passphrase file may end in a new line", async () => {
  const at = bench({ filled: true });
  at.write("pass.txt", "correct horse\n");
  vi.stubEnv("PULUMI_CONFIG_PASSPHRASE", undefined);
  vi.stubEnv("PULUMI_CONFIG_PASSPHRASE_FILE", "pass.txt");
  expect((await at.run("config", "get", "pw")).stdout).toBe("hunter2\n");
});
