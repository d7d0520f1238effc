#!/usr/bin/env node
// Every change by hand that a server shows, one at a time: `drift` finds it and nothing else, and nothing when it is put back.
// And random workspaces taken over by what `coverage --adopt` prints: not a call changes anything.
// usage: npm run test:drift -- [--adoptions 20]
import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";

const { adoptions } = parseArgs({ options: { adoptions: { type: "string", default: "20" } } }).values;
const files = ["test/unit/cli/drift/every-field.test.ts", "test/unit/cli/coverage/adopt.test.ts"];
const { status } = spawnSync("npx", ["vitest", "run", "--project", "unit", ...files], {
  stdio: "inherit",
  env: { ...process.env, DRIFT_ONE_BY_ONE: "1", ADOPTIONS: adoptions },
});
process.exit(status ?? 1);
