/** What does not go together on the command line of a clone, and what is said of it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type CloneOptions, placesOf } from "../../../../provider/cli/clone/options.ts";

const A = "https://chat.example.com";
const B = "https://staging.example.com";

let folder: string;
const home = process.cwd();
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "clone-"));
  mkdirSync(path.join(folder, "acme"));
  writeFileSync(path.join(folder, "acme", "workspace.yaml"), "");
  process.chdir(folder);
});
afterAll(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true });
});

const places = (options: Partial<CloneOptions>) => placesOf({ from: A, to: B, passwords: "secret", ...options });

test.each<[options: Partial<CloneOptions>, says: RegExp]>([
  [{ to: `${A}/` }, /^--from and --to are the same server: both are https:\/\/chat\.example\.com\.\n.*new passwords/],
  [{ to: "staging.example.com" }, /^--to must start with https:\/\/ .*given "staging\.example\.com"/],
  [{ from: "https://root:secret@chat.example.com" }, /^--from must not contain a user name or password/],
  [
    { from: "ftp://chat.example.com" },
    /^--from ftp:\/\/chat\.example\.com: there is no such file, and it is no address/,
  ],
  [{ from: "nowhere.yaml" }, /^--from nowhere\.yaml: there is no such file/],
  [{ from: "acme" }, /^--from acme is a folder\.\n.*workspace\.yaml/],
  [
    { from: "acme/workspace.yaml", out: "there" },
    /^--out needs a server as --from; acme\/workspace\.yaml is a document/,
  ],
  [{ from: "acme/workspace.yaml", newUrls: "urls.tsv" }, /^--new-urls needs a server as --from/],
  [{ newUrls: "acme" }, /^--new-urls: .*acme is a folder/],
  [{ newUrls: "no/urls.tsv" }, /^--new-urls: there is no folder .*no\./],
])("%j", (options, says) => {
  expect(() => places(options)).toThrow(says);
  // Whatever is wrong, a password is not shown.
  expect(() => places(options)).not.toThrow(/secret@/);
});

test("what goes together has absolute paths, and a stack of its own", () => {
  expect(places({ newUrls: "urls.tsv" })).toEqual({
    from: A,
    to: B,
    stack: "staging.example.com",
    file: path.resolve("clone-staging.example.com/workspace.yaml"),
    overlays: [],
    newUrls: path.resolve("urls.tsv"),
  });
  expect(places({ from: "acme/workspace.yaml", stack: "two" })).toMatchObject({
    from: undefined,
    stack: "two",
    file: path.resolve("acme/workspace.yaml"),
  });
});
