import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { startSandbox } from "../../../../provider/sandbox/index.ts";
import { Talk, talk } from "../talk.ts";

function place(): { dir: string; file: string } {
  const dir = mkdtempSync(join(tmpdir(), "sandbox-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return { dir, file: join(dir, "workspace.json") };
}

describe("a kept workspace", () => {
  it("is in the file before a change is answered, and found again", async () => {
    const { dir, file } = place();
    const first = new Talk(await startSandbox({ file, version: "7.7.1" }));
    const admin = await first.login();
    await first.createUser(admin, "bob");
    // a copy taken now is what a killed process would leave behind
    const copy = join(dir, "copy.json");
    writeFileSync(copy, readFileSync(file));
    await first.sandbox.close();
    for (const kept of [copy, file]) {
      const next = await talk({ file: kept });
      expect(next.sandbox.version).toBe("7.7.1");
      const found = await next.call("GET users.info?username=bob", undefined, admin);
      expect(found.json).toMatchObject({ user: { username: "bob" } });
    }
  });

  it("loses nothing that was answered while many calls are under way", async () => {
    const { file } = place();
    const first = new Talk(await startSandbox({ file }));
    const admin = await first.login();
    const names = Array.from({ length: 20 }, (_, i) => `user${i}`);
    await Promise.all(names.map((name) => first.createUser(admin, name)));
    const kept = JSON.parse(readFileSync(file, "utf8")) as { users: Record<string, { username: string }> };
    await first.sandbox.close();
    expect(Object.values(kept.users).map(({ username }) => username)).toEqual(expect.arrayContaining(names));
  });

  it("is readable by its owner only, holds no secret in clear, and leaves no other file", async () => {
    const { dir, file } = place();
    const server = await talk({ file });
    const admin = await server.login();
    const body = { tokenName: "ci" };
    const { json } = await server.call("POST users.generatePersonalAccessToken", body, admin);
    const text = readFileSync(file, "utf8");
    for (const secret of ["supersecret", admin.authToken, json.token as string]) expect(text).not.toContain(secret);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(dir)).toEqual(["workspace.json"]);
  });

  it("is refused with a sentence when the file is damaged, of another kind or of another release", async () => {
    const { file } = place();
    writeFileSync(file, "{");
    await expect(startSandbox({ file })).rejects.toThrow(`The sandbox's file ${file} is damaged: it isn't JSON.`);
    writeFileSync(file, "{}");
    await expect(startSandbox({ file })).rejects.toThrow("doesn't hold a sandbox workspace");
    rmSync(file);
    await (await startSandbox({ file, version: "7.7.1" })).close();
    await expect(startSandbox({ file, version: "8.6.1" })).rejects.toThrow("a workspace of 7.7.1, not of 8.6.1");
  });

  it("says so when the place can't be written", async () => {
    const { dir } = place();
    await expect(startSandbox({ file: join(dir, "no", "such.json") })).rejects.toThrow("can't be written");
  });
});

it("names a port that is taken", async () => {
  const server = await talk();
  await expect(startSandbox({ port: server.sandbox.port })).rejects.toThrow(
    `Port ${server.sandbox.port} on 127.0.0.1 is in use`,
  );
});
