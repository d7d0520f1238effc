#!/usr/bin/env node
// Replays the recorded exchanges of real servers against in-process sandboxes and holds the required topics to their levels.
// usage: node tools/conformance.mjs [--only a,b] [--version 8.6.1] [--diffs N] [--quiet]; recordings: CONFORMANCE_DIR, else ../shared/conformance
import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { conformanceDir, explained, replayTopic, required, topicsOf } from "../test/conformance/replay.ts";

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    version: { type: "string" },
    diffs: { type: "string", default: "3" },
    quiet: { type: "boolean", default: false },
  },
});

if (!existsSync(conformanceDir)) {
  console.error(
    `no recordings in ${conformanceDir}: set CONFORMANCE_DIR to the folder that holds replay.mjs and scenarios/`,
  );
  process.exit(2);
}

const short = (value) => {
  const text = value === undefined ? "(absent)" : JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
};

const rows = [];
let met = true;
for (const version of values.version ? [values.version] : ["8.6.1", "7.7.1"]) {
  for (const topic of values.only ? values.only.split(",") : topicsOf(version)) {
    const { results } = await replayTopic(version, topic);
    const count = (test) => results.filter(test).length;
    const blocked = count((r) => r.outcome === "blocked");
    const status = count((r) => r.status);
    const strict = count((r) => r.strict);
    const needed = required(topic);
    const passes = status === results.length && count((r) => r.strict || explained(topic, r)) / results.length >= 0.98;
    if (needed && !passes) met = false;
    rows.push([
      version,
      topic,
      results.length,
      status,
      strict,
      blocked,
      needed ? (passes ? "ok" : "FAILS") : "reported",
    ]);
    if (values.quiet) continue;
    for (const r of results) {
      if (r.strict || r.outcome === "blocked") continue;
      console.log(`${version} ${topic} ${r.name}`);
      for (const d of r.diffs.slice(0, Number(values.diffs)))
        console.log(`    ${d.path}: ${d.why}; got ${short(d.got)} ${d.body ?? ""}`);
    }
  }
}

console.log();
const columns = ["version", "topic", "exchanges", "status", "strict", "blocked", ""];
const widths = columns.map((name, i) => Math.max(name.length, ...rows.map((row) => String(row[i]).length)));
for (const row of [columns, ...rows])
  console.log(
    row
      .map((cell, i) => String(cell).padEnd(widths[i]))
      .join("  ")
      .trimEnd(),
  );
const total = (i) => rows.reduce((sum, row) => sum + row[i], 0);
console.log(`${total(2)} exchanges: ${total(3)} at status level, ${total(4)} strict, ${total(5)} blocked`);
console.log(
  met
    ? "all required topics reach their levels"
    : "a required topic misses its level (all at status level, 98 % strict)",
);
process.exit(met ? 0 : 1);
