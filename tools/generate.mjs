#!/usr/bin/env node
// Writes the *.generated.json files from recordings of real servers and from packages, or checks that they are up to date.
// usage: node tools/generate.mjs [--check]; recordings: CONFORMANCE_DIR, else ../shared/conformance
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { catalogueText } from "./generate/catalogue.mjs";
import { emojiNamesText } from "./generate/emoji.mjs";
import { conformanceDir, haveRecordings } from "./generate/recordings.mjs";

const { check } = parseArgs({ options: { check: { type: "boolean", default: false } } }).values;
const root = fileURLToPath(new URL("..", import.meta.url));

const recorded = ["7.7.1", "8.6.1"].map((version) => ({
  file: `provider/sandbox/data/catalogue-${version}.generated.json`,
  text: () => catalogueText(version),
}));
const packaged = [{ file: "provider/data/emoji-names.generated.json", text: emojiNamesText }];

/** Says where two texts part, for a message of one line. */
function firstDifference(found, wanted) {
  const [a, b] = [found.split("\n"), wanted.split("\n")];
  const line = a.findIndex((text, i) => text !== b[i]);
  return line === -1 ? a.length + 1 : line + 1;
}

function run(targets) {
  let stale = false;
  for (const { file, text } of targets) {
    const target = path.join(root, file);
    const wanted = text();
    const found = existsSync(target) ? readFileSync(target, "utf8") : undefined;
    if (found === wanted) {
      console.log(`${file} is up to date`);
    } else if (check) {
      stale = true;
      const what = found === undefined ? "is missing" : `differs from line ${firstDifference(found, wanted)} on`;
      console.error(`${file} ${what}: run "npm run generated" and commit the file`);
    } else {
      writeFileSync(target, wanted);
      console.log(`${file} written`);
    }
  }
  return stale ? 1 : 0;
}

try {
  process.exitCode = run(haveRecordings() ? [...packaged, ...recorded] : packaged);
  if (!haveRecordings()) {
    const missing = `no recordings in ${conformanceDir}`;
    if (check) console.log(`${missing}: files made from them not checked`);
    else {
      console.error(`${missing}: set CONFORMANCE_DIR to the folder that holds replay.mjs and scenarios/`);
      process.exitCode = 2;
    }
  }
} catch (error) {
  console.error(`cannot generate: ${error.message}`);
  process.exitCode = 1;
}
