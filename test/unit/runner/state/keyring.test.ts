import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createKeyring, StateError } from "../../../../provider/runner/state/index.ts";
import { passphrase, salt, temporaryFolder } from "./workbench.ts";

test("opens what the Pulumi CLI sealed", async () => {
  const cipher = await createKeyring({ PULUMI_CONFIG_PASSPHRASE: passphrase }).unlock(salt, "Pulumi.dev.yaml");
  expect(cipher.open("v1:AJl061CqI8yrTiLB:zxFbPCoGHxXLYA1NHKtuN87nZnE08YQ=")).toBe("hunter2");
});

test("a new salt works with the same passphrase in another process's keyring, also an empty passphrase from the environment", async () => {
  const made = await createKeyring({ PULUMI_CONFIG_PASSPHRASE: "" }).create();
  const sealed = made.seal("grüße");
  const again = await createKeyring({ PULUMI_CONFIG_PASSPHRASE: "" }).unlock(made.salt, "there");
  expect(again.open(sealed)).toBe("grüße");
  expect(made.seal("grüße")).not.toBe(sealed);
});

test("a passphrase file is trimmed; the variable wins over it; a missing file is named", async () => {
  const dir = await temporaryFolder();
  const file = join(dir, "pass");
  await writeFile(file, `${passphrase}\n`);
  await createKeyring({ PULUMI_CONFIG_PASSPHRASE_FILE: file }).unlock(salt, "there");
  await expect(
    createKeyring({ PULUMI_CONFIG_PASSPHRASE: "x", PULUMI_CONFIG_PASSPHRASE_FILE: file }).unlock(salt, "there"),
  ).rejects.toThrow(/passphrase is wrong/);
  const missing = join(dir, "missing");
  await expect(createKeyring({ PULUMI_CONFIG_PASSPHRASE_FILE: missing }).unlock(salt, "there")).rejects.toThrow(
    missing,
  );
});

test("a wrong passphrase names the place and the variable, not the passphrase", async () => {
  const error = await createKeyring({ PULUMI_CONFIG_PASSPHRASE: "tr0ub4dor" })
    .unlock(salt, "Pulumi.dev.yaml")
    .catch((e: unknown) => e);
  expect(error).toBeInstanceOf(StateError);
  expect(String(error)).toMatch(/Pulumi\.dev\.yaml[\s\S]*PULUMI_CONFIG_PASSPHRASE/);
  expect(String(error)).not.toContain("tr0ub4dor");
});

test("a missing passphrase names both variables", async () => {
  await expect(createKeyring({}).unlock(salt, "there")).rejects.toThrow(
    /PULUMI_CONFIG_PASSPHRASE[\s\S]*PULUMI_CONFIG_PASSPHRASE_FILE/,
  );
  await expect(createKeyring({}).create()).rejects.toThrow(StateError);
});

test("a salt line in another form and a damaged ciphertext are refused", async () => {
  const keyring = createKeyring({ PULUMI_CONFIG_PASSPHRASE: passphrase });
  await expect(keyring.unlock("v2:abc", "Pulumi.dev.yaml")).rejects.toThrow(/Pulumi\.dev\.yaml/);
  const cipher = await keyring.unlock(salt, "there");
  const [version, nonce, text = ""] = cipher.seal("value").split(":");
  const flipped = Buffer.from(text, "base64");
  flipped.writeUInt8(flipped.readUInt8(0) ^ 1, 0);
  expect(() => cipher.open(`${version}:${nonce}:${flipped.toString("base64")}`)).toThrow(StateError);
  expect(() => cipher.open(`v9:${nonce}:${text}`)).toThrow(StateError);
  expect(() => cipher.open("")).toThrow(StateError);
});

test("a salt is derived once", async () => {
  const keyring = createKeyring({ PULUMI_CONFIG_PASSPHRASE: passphrase });
  expect(await keyring.unlock(salt, "here")).toBe(await keyring.unlock(salt, "there"));
});
