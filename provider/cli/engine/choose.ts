/** Which engine runs a command, and why. Starts neither. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** The oldest CLI that keeps the inputs which a refresh reads. */
const OLDEST_MINOR = 216;

export interface EngineChoice {
  readonly engine: "embedded" | "pulumi";
  /** "Engine: …", the first line of every run. */
  readonly line: string;
  /** The CLI to start; undefined when it has to be installed first. */
  readonly command?: string;
}

/** `wanted`: `--engine`. Otherwise the CLI on PATH when it is new enough, else the embedded runner. */
export async function chooseEngine(wanted: "embedded" | "pulumi" | undefined): Promise<EngineChoice> {
  if (wanted === "embedded") return { engine: "embedded", line: "Engine: embedded runner (--engine embedded)" };
  const version = await installedVersion();
  if (version === undefined) {
    if (wanted === "pulumi") return { engine: "pulumi", line: "Engine: Pulumi CLI (--engine pulumi; not on PATH)" };
    return { engine: "embedded", line: "Engine: embedded runner (no Pulumi CLI on PATH)" };
  }
  if (isNewEnough(version)) {
    const why = wanted === "pulumi" ? "--engine pulumi" : "found on PATH";
    return { engine: "pulumi", command: "pulumi", line: `Engine: Pulumi CLI ${version} (${why})` };
  }
  const old = `the Pulumi CLI on PATH is ${version}, older than 3.${OLDEST_MINOR}`;
  if (wanted === "pulumi") return { engine: "pulumi", line: `Engine: Pulumi CLI (--engine pulumi; ${old})` };
  return { engine: "embedded", line: `Engine: embedded runner (${old})` };
}

async function installedVersion(): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)("pulumi", ["version"], { timeout: 20_000 });
    return /v?(\d+\.\d+\.\d+\S*)/.exec(stdout)?.[1];
  } catch {
    return undefined;
  }
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > 3 || (major === 3 && minor >= OLDEST_MINOR);
}
