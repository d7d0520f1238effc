/** The stack of a clone's target, its credentials, and the table of addresses. */
import { chmodSync, lstatSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { connectionTo } from "../../../../provider/cli/clone/credentials.ts";
import { table, writePrivately } from "../../../../provider/cli/clone/new-urls.ts";
import { stackNameOf } from "../../../../provider/cli/clone/target-stack.ts";

afterEach(() => vi.unstubAllEnvs());

it.each([
  ["https://chat.example.com", "chat.example.com"],
  ["http://localhost:3333", "localhost-3333"],
  ["https://example.com/chat/", "example.com-chat"],
  ["http://[::1]:3000", "1-3000"],
])("names the stack of %s %s", (url, name) => expect(stackNameOf(url)).toBe(name));

describe("credentials", () => {
  it("are those of each server's own variables", async () => {
    vi.stubEnv("ROCKETCHAT_URL", "https://elsewhere.example.com");
    vi.stubEnv("ROCKETCHAT_USERNAME", "target");
    vi.stubEnv("ROCKETCHAT_PASSWORD", "t");
    vi.stubEnv("ROCKETCHAT_FROM_USERNAME", "source");
    vi.stubEnv("ROCKETCHAT_FROM_PASSWORD", "s");
    const from = await connectionTo("https://a.example.com", "ROCKETCHAT_FROM_");
    expect(from.connection.client).toMatchObject({
      url: "https://a.example.com",
      credentials: { username: "source", password: "s" },
    });
    const to = await connectionTo("https://b.example.com", "ROCKETCHAT_");
    expect(to.connection.client).toMatchObject({ url: "https://b.example.com", credentials: { username: "target" } });
    expect(to.env).toMatchObject({ ROCKETCHAT_URL: "https://b.example.com", ROCKETCHAT_USERNAME: "target" });
  });

  it("are named where they are missing", async () => {
    for (const name of ["USERNAME", "PASSWORD", "USER_ID", "AUTH_TOKEN"]) vi.stubEnv(`ROCKETCHAT_FROM_${name}`, "");
    const refused = connectionTo("https://a.example.com", "ROCKETCHAT_FROM_");
    await expect(refused).rejects.toThrow("No credentials for https://a.example.com.");
    await expect(refused).rejects.toThrow("ROCKETCHAT_FROM_USER_ID and ROCKETCHAT_FROM_AUTH_TOKEN");
  });
});

describe("the table of addresses", () => {
  it("has a line for what both sides have", () => {
    const before = new Map(Object.entries({ "hooks/a": "https://a/1", "hooks/gone": "https://a/2" }));
    expect(table(before, new Map([["hooks/a", "https://b/1"]]))).toBe(
      "object\told\tnew\nhooks/a\thttps://a/1\thttps://b/1\n",
    );
  });

  it("is for nobody else to read, even where others could read the file before, or it was a link", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "urls-"));
    try {
      const file = path.join(folder, "urls.tsv");
      writeFileSync(file, "old");
      chmodSync(file, 0o644);
      await writePrivately(file, "new");
      expect(readFileSync(file, "utf8")).toBe("new");
      expect(statSync(file).mode & 0o777).toBe(0o600);
      const elsewhere = path.join(folder, "elsewhere");
      writeFileSync(elsewhere, "theirs", { mode: 0o644 });
      symlinkSync(elsewhere, path.join(folder, "link.tsv"));
      await writePrivately(path.join(folder, "link.tsv"), "new");
      expect(readFileSync(elsewhere, "utf8")).toBe("theirs");
      expect(lstatSync(path.join(folder, "link.tsv"))).toMatchObject({ mode: 0o100600 });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
