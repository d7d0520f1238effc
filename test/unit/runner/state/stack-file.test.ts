import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createKeyring, loadProject, openStackFile } from "../../../../provider/runner/state/index.ts";
import { fixtureKeyring, fixtures, passphrase, salt, temporaryFolder } from "./workbench.ts";

const keyring = fixtureKeyring();

async function project(yaml = "name: golden\nruntime: nodejs\n", stackYaml?: string) {
  const dir = await temporaryFolder();
  await writeFile(join(dir, "Pulumi.yaml"), yaml);
  const path = join(dir, "Pulumi.dev.yaml");
  if (stackYaml !== undefined) await writeFile(path, stackYaml);
  return { dir, path, project: await loadProject(dir) };
}

const values = async (yaml: string, stackYaml: string) => {
  const file = await openStackFile((await project(yaml, stackYaml)).project, "dev");
  return Object.fromEntries([...(await file.config(keyring))].map(([key, { value }]) => [key, value]));
};

test("reads what the Pulumi CLI wrote, secrets opened, secrets in lists too", async () => {
  const at = await project();
  await cp(join(fixtures, "stack-file.yaml"), at.path);
  const file = await openStackFile(at.project, "dev");
  expect(await file.config(keyring)).toEqual(
    new Map([
      ["golden:pw", { value: "hunter2", secret: true, isObject: false }],
      ["rocketchat:url", { value: "http://127.0.0.1", secret: false, isObject: false }],
      ["golden:list", { value: '[{"a":"b"},{"s":"sek"}]', secret: true, isObject: true }],
      ["golden:num", { value: "5", secret: false, isObject: false }],
    ]),
  );
});

test("values have the text that the CLI gives them", async () => {
  // The right side is what CLI 3.260 handed to a program for this file.
  const yaml = `config:
  golden:f: 5.0
  golden:y: yes
  golden:b: true
  golden:n: ~
  golden:hex: 0x10
  golden:e: 1e3
  golden:big: 12345678901234567890123
  golden:o:
    b: 2
    a: 1.50
    z: ~
    t: true
    "10": x
    big: 1e21
  golden:l: [1, "2", {k: v}]
  golden:empty: ""
  golden:blk: |
    a
    b
  golden:config:legacy: x
  plain: y
`;
  expect(await values("name: golden\nruntime: nodejs\n", yaml)).toEqual({
    "golden:f": "5",
    "golden:y": "yes",
    "golden:b": "true",
    "golden:n": "",
    "golden:hex": "16",
    "golden:e": "1000",
    "golden:big": "1.2345678901234568e+22",
    "golden:o": '{"10":"x","a":1.5,"b":2,"big":1e+21,"t":true,"z":null}',
    "golden:l": '[1,"2",{"k":"v"}]',
    "golden:empty": "",
    "golden:blk": "a\nb\n",
    "golden:legacy": "x",
    "golden:plain": "y",
  });
});

test("configuration declared in Pulumi.yaml fills in; what is declared without a default must be set", async () => {
  const yaml = `name: golden
runtime: nodejs
config:
  region: { type: string, default: eu }
  size: 3
  rocketchat:url: { value: http://127.0.0.1 }
`;
  expect(await values(yaml, "config:\n  golden:size: 4\n")).toEqual({
    "golden:size": "4",
    "golden:region": "eu",
    "rocketchat:url": "http://127.0.0.1",
  });
  await expect(values(`${yaml}  needed: { type: string }\n`, "config: {}\n")).rejects.toThrow(
    /stack dev has no value for golden:needed/,
  );
});

test("plain values need no passphrase; secure ones need it and the salt", async () => {
  const plain = await openStackFile((await project(undefined, "config:\n  golden:a: b\n")).project, "dev");
  expect((await plain.config(createKeyring({}))).size).toBe(1);
  const sealed = `config:\n  golden:a:\n    secure: v1:AJl061CqI8yrTiLB:zxFbPCoGHxXLYA1NHKtuN87nZnE08YQ=\n`;
  const locked = await openStackFile((await project(undefined, `encryptionsalt: ${salt}\n${sealed}`)).project, "dev");
  await expect(locked.config(createKeyring({}))).rejects.toThrow(/PULUMI_CONFIG_PASSPHRASE/);
  const unsalted = await openStackFile((await project(undefined, sealed)).project, "dev");
  await expect(unsalted.config(keyring)).rejects.toThrow(/no encryptionsalt/);
});

test("a secret that can't be opened is named by its key", async () => {
  const yaml = `encryptionsalt: ${salt}\nconfig:\n  golden:broken:\n    secure: v1:AAAAAAAAAAAAAAAA:AAAAAAAAAAAAAAAAAAAAAAAAAAA=\n`;
  const file = await openStackFile((await project(undefined, yaml)).project, "dev");
  await expect(file.config(keyring)).rejects.toThrow(/golden:broken/);
});

test("a salt is written once, and comments and order stay", async () => {
  const at = await project(
    undefined,
    "# our chat\nconfig:\n  # the address\n  rocketchat:url: http://127.0.0.1 # local\n  golden:z: 1\n  golden:a: 2\n",
  );
  const file = await openStackFile(at.project, "dev");
  expect(file.salt).toBeUndefined();
  const made = await file.ensureSalt(keyring);
  expect(await file.ensureSalt(keyring)).toBe(made);
  await file.set("token", "s3cret", { secret: true, keyring });
  await file.set("rocketchat:userId", "u1");
  const text = await readFile(at.path, "utf8");
  expect(text).toContain("# our chat");
  expect(text).toContain("# the address");
  expect(text).toContain("# local");
  expect(text.indexOf("golden:z")).toBeLessThan(text.indexOf("golden:a"));
  expect(text).not.toContain("s3cret");
  const again = await openStackFile(at.project, "dev");
  expect(again.salt).toBe(made);
  const config = await again.config(createKeyring({ PULUMI_CONFIG_PASSPHRASE: passphrase }));
  expect(config.get("golden:token")).toEqual({ value: "s3cret", secret: true, isObject: false });
  expect(config.get("rocketchat:userId")?.value).toBe("u1");
});

test("a missing file is empty, and is made when a salt is needed", async () => {
  const at = await project();
  const file = await openStackFile(at.project, "dev");
  expect(file.existed).toBe(false);
  expect((await file.config(keyring)).size).toBe(0);
  const made = await file.ensureSalt(keyring);
  expect(await readFile(at.path, "utf8")).toBe(`encryptionsalt: ${made}\n`);
});

test.each([
  ["config: [", /not valid YAML/],
  ["- a", /must be a map/],
  ["config: [1]", /"config" must be a map/],
  ["config:\n  a:b:c:d: 1", /can't be a configuration key/],
  ["environment:\n  - prod\n", /ESC/],
  ["secretsprovider: awskms://x\nconfig:\n  golden:a:\n    secure: AAA\n", /awskms/],
])("refuses %j", async (yaml, message) => {
  const at = await project(undefined, yaml);
  await expect(openStackFile(at.project, "dev").then((file) => file.config(keyring))).rejects.toThrow(message);
});

test("the file lies where the project says", async () => {
  const at = await project("name: golden\nruntime: nodejs\nstackConfigDir: stacks\n");
  const file = await openStackFile(at.project, "dev");
  expect(file.path).toBe(join(at.dir, "stacks", "Pulumi.dev.yaml"));
});

test("seals many values at once, and leaves the rest as it is, comments too", async () => {
  const comment = "# whose server\n  rocketchat:url: http://127.0.0.1";
  const at = await project(undefined, `encryptionsalt: ${salt}\nconfig:\n  ${comment}\n  golden:old: plain\n`);
  const file = await openStackFile(at.project, "dev");
  const many = new Map(Array.from({ length: 500 }, (_, index) => [`key${index}`, `value ${index}`]));
  await file.seal(new Map([...many, ["old", "sealed now"]]), keyring);
  const text = await readFile(at.path, "utf8");
  expect(text).toContain(comment);
  expect(text).not.toMatch(/value \d|sealed now|plain/);
  const config = await (await openStackFile(at.project, "dev")).config(keyring);
  expect(config.size).toBe(502);
  expect(config.get("golden:key499")).toEqual({ value: "value 499", secret: true, isObject: false });
  expect(config.get("golden:old")).toMatchObject({ value: "sealed now", secret: true });
});
