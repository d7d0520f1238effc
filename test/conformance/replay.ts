/** Replays one recorded topic against a fresh in-process sandbox. Knows where the recordings are, no test framework. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { startSandbox, type Version } from "../../provider/sandbox/index.ts";

/** The folder with `replay.mjs` and `scenarios/`: CONFORMANCE_DIR, else `../shared/conformance` beside the checkout. */
export const conformanceDir =
  process.env.CONFORMANCE_DIR ?? fileURLToPath(new URL("../../../shared/conformance", import.meta.url));

/** Topics that must pass completely at status level and to 98 % at strict level, on both releases. */
const REQUIRED = new Set(
  (
    "auth two-factor personal-access-tokens users users-list rate-limits info settings catalogue-settings permissions " +
    "catalogue-permissions roles channels groups members room-settings integrations-incoming integrations-outgoing " +
    "hooks deletion messages teams invites oauth-apps custom-emoji custom-sounds custom-user-status uploads"
  ).split(" "),
);

/** Exchanges whose difference is known and explained in docs/conformance.md. They count as passed at strict level. */
const EXPLAINED: Record<string, readonly string[]> = {
  roles: ["add-by-plain-user"],
};
/** The same for members of an answer: an exchange that differs in nothing else is explained. */
const EXPLAINED_PATHS: Record<string, readonly string[]> = {
  "integrations-incoming": ["$.integration.scriptCompiled"],
};

export function explained(topic: string, { name, status, diffs }: Exchange): boolean {
  if (EXPLAINED[topic]?.includes(name)) return true;
  return status && diffs.length > 0 && diffs.every(({ path }) => EXPLAINED_PATHS[topic]?.includes(path));
}

export const required = (topic: string): boolean => REQUIRED.has(topic);

export const topicsOf = (version: Version): string[] =>
  readdirSync(`${conformanceDir}/scenarios/${version}`)
    .filter((file) => file.endsWith(".json"))
    .map((file) => file.slice(0, -5))
    .sort();

export interface Exchange {
  name: string;
  outcome: "pass" | "fail" | "blocked";
  status: boolean;
  strict: boolean;
  diffs: { path: string; why: string; got: unknown; body?: string }[];
}

interface Replayer {
  replayScenario(scenario: unknown, options: object): Promise<{ results: Exchange[] }>;
}

export async function replayTopic(version: Version, topic: string): Promise<{ results: Exchange[] }> {
  const { replayScenario } = (await import(pathToFileURL(`${conformanceDir}/replay.mjs`).href)) as Replayer;
  const scenario: unknown = JSON.parse(readFileSync(`${conformanceDir}/scenarios/${version}/${topic}.json`, "utf8"));
  const sandbox = await startSandbox({ version, testControls: true });
  const advance = async (seconds: number) => {
    await fetch(`${sandbox.url}/_control/advance-clock`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ seconds }),
    });
  };
  try {
    return await replayScenario(scenario, { url: sandbox.url, advance, skipPauses: true });
  } finally {
    await sandbox.close();
  }
}
