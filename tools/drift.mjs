#!/usr/bin/env node
// Every change by hand that a server shows, one at a time: `drift` finds it and nothing else, and nothing when it is put back.
// usage: npm run test:drift
import { spawnSync } from "node:child_process";

const { status } = spawnSync("npx", ["vitest", "run", "--project", "unit", "test/unit/cli/drift/every-field.test.ts"], {
  stdio: "inherit",
  env: { ...process.env, DRIFT_ONE_BY_ONE: "1" },
});
process.exit(status ?? 1);
