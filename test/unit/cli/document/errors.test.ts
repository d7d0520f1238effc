/** A run with a wrong document has written nothing: neither to the server, nor to the state, nor beside the document. */
import { hash } from "node:crypto";
import { cpSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { bench, connectTo } from "../../../support/command-line.ts";
import { startServer, type TestServer } from "../../../support/server.ts";

const errors = path.join(import.meta.dirname, "../../../fixtures/workspace/errors");

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

/** Every file below a folder with its checksum. */
const contents = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.join(parentPath, name))
    .sort()
    .map((file) => [path.relative(folder, file), hash("sha256", readFileSync(file))]);

it.each(readdirSync(errors))("%s", async (name) => {
  const at = bench({ filled: true });
  connectTo(server.url);
  cpSync(path.join(errors, name), at.folder, { recursive: true });
  at.write("backend/.pulumi/meta.yaml", "version: 1\n");
  const overlay = at.exists("overlay.yaml") ? ["--overlay", "overlay.yaml"] : [];
  const before = contents(at.folder);
  await server.forget();
  const run = ["up", "-f", "workspace.yaml", ...overlay, "--stack", "dev", "--engine", "embedded", "--yes"];
  const { code, stdout, stderr } = await at.run(...run);
  expect(code).toBe(1);
  expect(stderr).toContain(at.read("message.txt").trimEnd());
  expect(`${stdout}${stderr}`).not.toMatch(/Tr0ub4dor|\n +at /);
  expect(contents(at.folder)).toEqual(before);
  expect(await server.calls()).toEqual({});
});
