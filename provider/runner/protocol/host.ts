/** Starts Pulumi's own program host on the user's program. Knows its arguments; not what the program does. */
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { extname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { RunnerError } from "../errors.ts";
import type { ConfigValue } from "../state/index.ts";

export interface HostOptions {
  readonly address: string;
  readonly project: string;
  readonly stack: string;
  /** Folder of Pulumi.yaml. */
  readonly folder: string;
  /** Program within it, "." for what package.json names. */
  readonly main: string;
  /** Whether Pulumi compiles TypeScript itself; false leaves it to Node. */
  readonly typescript: boolean;
  /** Arguments of node, before the program. */
  readonly nodeArguments: readonly string[];
  readonly dryRun: boolean;
  readonly parallel: number;
  readonly config: ReadonlyMap<string, ConfigValue>;
  /** The environment of the program. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** A line that the program printed. */
  readonly print: (line: string, stream: "stdout" | "stderr") => void;
}

export interface Host {
  /** Exit code, or the signal that ended it. Rejects when it can't be started. */
  readonly exited: Promise<number | NodeJS.Signals>;
  /** Asks it to end. */
  stop(): void;
}

export function startHost(options: HostOptions): Host {
  const { address, project, stack, folder } = options;
  const child = spawn(
    process.execPath,
    [
      ...leanArguments,
      ...options.nodeArguments,
      hostModule(folder),
      "--monitor",
      address,
      "--engine",
      address,
      "--organization",
      "organization",
      "--project",
      project,
      "--root-directory",
      folder,
      "--stack",
      stack,
      "--pwd",
      folder,
      ...(options.dryRun ? ["--dry-run"] : []),
      "--parallel",
      String(options.parallel),
      options.main,
    ],
    {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...options.env, ...environment(options) },
      detached: true,
    },
  );
  createInterface(child.stdout).on("line", (line) => options.print(line, "stdout"));
  createInterface(child.stderr).on("line", (line) => options.print(line, "stderr"));
  return {
    exited: new Promise((resolve, reject) => {
      child.on("error", reject);
      // "close" comes after the last line of output.
      child.on("close", (code, signal) => resolve(code ?? signal ?? 1));
    }),
    stop() {
      child.kill("SIGTERM");
      setTimeout(() => child.kill("SIGKILL"), 5_000).unref();
    },
  };
}

/** Source or built, as this module is. */
const lean = fileURLToPath(new URL(`./lean-host${extname(import.meta.url)}`, import.meta.url));

const leanArguments = ["--require", lean];

/** The SDK of the program, so that both ends of the protocol are of one version. */
function hostModule(folder: string): string {
  try {
    return createRequire(join(folder, "package.json")).resolve("@pulumi/pulumi/cmd/run");
  } catch (error) {
    throw new RunnerError(`The package @pulumi/pulumi can't be found from ${folder}.`, {
      hint: "Run `npm install` in the program's folder (and `npm install @pulumi/pulumi` if its package.json doesn't name it).",
      cause: error,
    });
  }
}

function environment({ config, typescript }: HostOptions): Record<string, string> {
  const entries = [...config];
  return {
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(entries.map(([key, { value }]) => [key, value]))),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(entries.filter(([, { secret }]) => secret).map(([key]) => key)),
    PULUMI_NODEJS_TYPESCRIPT: String(typescript),
  };
}
