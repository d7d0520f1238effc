import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { hashAssets } from "../../../provider/runner/assets.ts";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const asset = (fields: object) => ({ [SIGNATURE]: "c44067f5952c0a294b673a41bacd8c17", ...fields });
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "assets-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

it("hashes files, relative to the program, and texts, at any depth", async () => {
  writeFileSync(path.join(folder, "a.png"), "pixels");
  const given = { file: asset({ path: "./a.png" }), list: [{ text: asset({ text: "hello" }) }], other: { x: 1 } };
  expect(await hashAssets(given, folder)).toEqual({
    file: asset({ path: "./a.png", hash: sha256("pixels") }),
    list: [{ text: asset({ text: "hello", hash: sha256("hello") }) }],
    other: { x: 1 },
  });
});

it("says which file can't be read, and what isn't supported", async () => {
  await expect(hashAssets({ file: asset({ path: "gone.png" }) }, folder)).rejects.toThrow(/gone\.png/);
  await expect(hashAssets({ file: asset({ uri: "https://x/y" }) }, folder)).rejects.toThrow(
    /remote asset https:\/\/x\/y/,
  );
  const archive = { [SIGNATURE]: "0def7320c3a5731c473e5ecbe6d01bc7", path: "." };
  await expect(hashAssets({ file: archive }, folder)).rejects.toThrow(
    /archive .* is not supported by the embedded runner/,
  );
});
