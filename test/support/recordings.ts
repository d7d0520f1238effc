/** What the Pulumi CLI did with each scenario: one file per theme. Plays nothing itself. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { repository } from "./engines.ts";
import type { Outcome } from "./outcomes.ts";
import { themes } from "./scenarios/index.ts";

type Recording = Record<string, readonly Outcome[]>;

const folder = path.join(repository, "test/fixtures/runner/scenarios");
const versionFile = path.join(folder, "recorded-with.json");

const read = (file: string): unknown => (existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined);

export function recordingOf(theme: string): Recording {
  return (read(path.join(folder, `${theme}.json`)) ?? {}) as Recording;
}

/** The version of the CLI that was recorded. */
export function recordedWith(): string {
  return ((read(versionFile) ?? {}) as { pulumi?: string }).pulumi ?? "";
}

/** Keeps what was recorded, in the order of the scenarios and without stale ones. One line per outcome. */
export function keep(theme: string, recording: Recording, version: string): void {
  const lines = Object.keys(themes[theme] ?? {}).flatMap((title) => {
    const outcomes = recording[title];
    if (!outcomes) return [];
    return [`${JSON.stringify(title)}: [\n${outcomes.map((outcome) => JSON.stringify(outcome)).join(",\n")}\n]`];
  });
  writeFileSync(path.join(folder, `${theme}.json`), `{\n${lines.join(",\n")}\n}\n`);
  writeFileSync(versionFile, `${JSON.stringify({ pulumi: version })}\n`);
}
