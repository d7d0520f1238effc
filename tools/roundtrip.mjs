#!/usr/bin/env node
// Round trips of random workspaces: export, onto the same server, onto an empty one, export again; every tenth by the commands too.
// usage: npm run test:roundtrip -- --seeds 200 [--first 1]
import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";
import { setup } from "./setup.mjs";

const { seeds, first } = parseArgs({
  options: { seeds: { type: "string", default: "200" }, first: { type: "string", default: "1" } },
}).values;
setup();
const projects = ["unit", "program"].flatMap((project) => ["--project", project]);
const { status } = spawnSync("npx", ["vitest", "run", ...projects, "round-trip.test.ts"], {
  stdio: "inherit",
  env: { ...process.env, ROUND_TRIPS: seeds, FIRST_SEED: first },
});
process.exit(status ?? 1);
