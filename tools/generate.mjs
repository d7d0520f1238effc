#!/usr/bin/env node
// Writes what is generated, or checks that it is up to date: the reference in docs/ and the schemas of documents from the sources, and
// *.generated.json files from packages and from recordings of real servers (those are left alone where there are no recordings).
// usage: node tools/generate.mjs [--check]; recordings: CONFORMANCE_DIR, else ../shared/conformance
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { catalogueText } from "./generate/catalogue.mjs";
import { docsPages, leftOver } from "./generate/docs/index.mjs";
import { readApi } from "./generate/docs/model.mjs";
import { emojiNamesText } from "./generate/emoji.mjs";
import { permissionsText } from "./generate/permissions.mjs";
import { conformanceDir, haveRecordings } from "./generate/recordings.mjs";
import { documentSchemas } from "./generate/schema/index.mjs";

const { check } = parseArgs({ options: { check: { type: "boolean", default: false } } }).values;
const root = fileURLToPath(new URL("..", import.meta.url));

const emojiNames = () => ({ file: "provider/data/emoji-names.generated.json", text: emojiNamesText() });

const VERSIONS = ["7.7.1", "8.6.1"];

const permissions = () => ({
  file: "provider/data/default-permissions.generated.json",
  text: permissionsText(root, VERSIONS),
});

const catalogues = () =>
  VERSIONS.map((version) => ({
    file: `provider/sandbox/data/catalogue-${version}.generated.json`,
    text: catalogueText(version),
  }));

/** Says where two texts part, for a message of one line. */
function firstDifference(found, wanted) {
  const [a, b] = [found.split("\n"), wanted.split("\n")];
  const line = a.findIndex((text, i) => text !== b[i]);
  return line === -1 ? a.length + 1 : line + 1;
}

const HELP = 'run "npm run generated" and commit the file';

/** Returns whether the file was out of date and stays so. */
function bring({ file, text }) {
  const target = path.join(root, file);
  const found = existsSync(target) ? readFileSync(target, "utf8") : undefined;
  if (found === text) return false;
  if (check) {
    const what = found === undefined ? "is missing" : `differs from line ${firstDifference(found, text)} on`;
    console.error(`${file} ${what}: ${HELP}`);
    return true;
  }
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, text);
  console.log(`${file} written`);
  return false;
}

function takeAway(file) {
  if (!check) rmSync(path.join(root, file));
  console[check ? "error" : "log"](`${file} ${check ? `belongs to nothing: ${HELP}` : "removed"}`);
  return check;
}

try {
  const api = readApi(root);
  const pages = await docsPages(root, api);
  const schemas = await documentSchemas(root, api);
  const targets = [...pages, ...schemas, emojiNames(), ...(haveRecordings() ? catalogues() : [])];
  // Made out of the catalogues as they are by then.
  const stale = [...targets.map(bring), bring(permissions()), ...leftOver(root, pages).map(takeAway)].filter(
    Boolean,
  ).length;
  if (stale === 0) console.log(`${targets.length + 1} generated files are up to date`);
  if (!haveRecordings()) console.log(`no recordings in ${conformanceDir}: files made from them were left alone`);
  process.exitCode = stale > 0 ? 1 : 0;
} catch (error) {
  console.error(`cannot generate: ${error.message}`);
  process.exitCode = 1;
}
