import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { withContent } from "../../../../../provider/kinds/base/files/use.ts";

const ANY = { noun: "files" };
const sha256 = (content: string) => createHash("sha256").update(content).digest("hex");
const textOf = (file: string, more: object = {}, rules: { noun: string; maxBytes?: number } = ANY) =>
  withContent({ file, ...more }, rules, 'emoji "x"', async ({ blob, name }) => ({ text: await blob.text(), name }));

let folder: string;
let server: Server;
let url: string;
/** Length that the next answer claims; undefined: it claims none. */
let asks: string[];
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "files-"));
  asks = [];
  server = createServer((request, response) => {
    asks.push(JSON.stringify(request.headers));
    if (request.url?.startsWith("/gone")) response.writeHead(404).end("no");
    else if (request.url === "/moved") response.writeHead(302, { location: "/a%20b.txt" }).end();
    else if (request.url === "/endless") {
      const more = () => response.destroyed || response.write(Buffer.alloc(10_000), more);
      more();
    } else response.writeHead(200).end("content");
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

const leftOver = () => readdirSync(tmpdir()).filter((name) => name.startsWith("pulumi-rocketchat-"));

it("reads a file from disk, and refuses one that changed after it was looked at", async () => {
  const file = path.join(folder, "a.txt");
  writeFileSync(file, "one");
  expect(await textOf(file, { contentHash: sha256("one") })).toEqual({ text: "one", name: "a.txt" });
  writeFileSync(file, "two");
  await expect(textOf(file, { contentHash: sha256("one") })).rejects.toThrow(
    `emoji "x": file: the SHA-256 of "${file}" is ${sha256("two")} now, but ${sha256("one")} was expected`,
  );
});

it("fetches an address without credentials, follows it, and leaves nothing behind", async () => {
  const before = leftOver();
  expect(await textOf(`${url}/a%20b.txt`, { contentHash: sha256("content") })).toEqual({
    text: "content",
    name: "a b.txt",
  });
  expect((await textOf(`${url}/moved`)).text).toBe("content");
  expect(asks.join()).not.toMatch(/authorization|x-auth-token|cookie/i);
  expect(leftOver()).toEqual(before);
});

it.each([
  ["/gone", {}, ANY, "HTTP 404"],
  ["/endless", {}, { noun: "files", maxBytes: 50_000 }, "it has more than 50,000 bytes"],
  ["/a", { contentHash: sha256("other") }, ANY, "was expected"],
])("refuses %s before anything is sent", async (at, more, rules, message) => {
  const before = leftOver();
  const used: string[] = [];
  const attempt = withContent({ file: url + at, ...more }, rules, 'emoji "x"', async () => used.push(at));
  await expect(attempt).rejects.toThrow(message);
  await expect(attempt).rejects.toThrow(/^emoji "x": file: /);
  expect(used).toEqual([]);
  expect(leftOver()).toEqual(before);
});

it("shows no secret of an address", async () => {
  const message = await textOf(`${url}/gone?token=sesame`).catch((error: Error) => error.message);
  expect(message).toContain(`"${url}/gone" could not be fetched`);
  expect(message).not.toContain("sesame");
});

it("says that nobody answers", async () => {
  await expect(textOf("http://127.0.0.1:1/x")).rejects.toThrow(/"http:\/\/127.0.0.1:1\/x" could not be fetched: /);
});
