/** Starts Pulumi's own program host on the user's program. Knows its arguments; not what the program does. */
import { readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, extname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { RunnerError } from "../errors.ts";
import { smallYoungSpace } from "../small-heap.ts";
import type { ConfigValue } from "../state/index.ts";
import { type Host, type ProcessOptions, startProcess } from "./host-process.ts";

/** The oldest SDK whose dynamic resources keep the inputs that a refresh reads. */
const OLDEST_MINOR = 216;

export interface HostOptions extends Pick<ProcessOptions, "env" | "print"> {
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
}

export function startHost(options: HostOptions): Host {
  const { address, project, stack, folder } = options;
  const { cwd, main } = requirePlace(options);
  const named = {
    monitor: address,
    engine: address,
    organization: "organization",
    project,
    "root-directory": folder,
    stack,
    pwd: cwd,
    parallel: String(options.parallel),
  };
  const flags = Object.entries(named).flatMap(([name, value]) => [`--${name}`, value]);
  if (options.dryRun) flags.push("--dry-run");
  return startProcess({
    args: [smallYoungSpace, lean, ...options.nodeArguments, hostModule(cwd), ...flags, main],
    cwd,
    env: { ...options.env, ...environment(options) },
    print: options.print,
  });
}

export interface Place {
  /** Where the program, and the provider's code as well, run. */
  readonly cwd: string;
  /** The program from there. */
  readonly main: string;
}

/** Of `main` in Pulumi.yaml: the folder that it names, or that of the file that it names. Undefined when it isn't there. */
export function placeOf(folder: string, main: string): Place | undefined {
  const path = resolve(folder, main);
  const kind = statSync(path, { throwIfNoEntry: false });
  if (kind === undefined) return undefined;
  return kind.isDirectory() ? { cwd: path, main: "." } : { cwd: dirname(path), main: basename(path) };
}

function requirePlace({ folder, main }: HostOptions): Place {
  const place = placeOf(folder, main);
  if (place) return place;
  throw new RunnerError(`The program ${resolve(folder, main)} (\`main\` in Pulumi.yaml) is not there.`, {
    hint: "Build the program first, if it is compiled, or correct `main`.",
  });
}

/**
 * Loads `lean-host`, source or built as this module is, before the program. In one word: an argument that is `--require` alone
 * tells Pulumi that the user brought a loader, and it then leaves out its own for ES modules in TypeScript.
 */
const lean = `--require=${fileURLToPath(new URL(`./lean-host${extname(import.meta.url)}`, import.meta.url))}`;

/** The SDK of the program, so that both ends of the protocol are of one version. */
function hostModule(folder: string): string {
  const { resolve: find } = createRequire(join(folder, "package.json"));
  let manifest: string;
  let module: string;
  try {
    manifest = find("@pulumi/pulumi/package.json");
    module = find("@pulumi/pulumi/cmd/run");
  } catch (error) {
    throw new RunnerError(`The package @pulumi/pulumi can't be found from ${folder}.`, {
      hint: "Run `npm install` in the program's folder (and `npm install @pulumi/pulumi` if its package.json doesn't name it).",
      cause: error,
    });
  }
  const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major !== 3 || minor < OLDEST_MINOR) {
    throw new RunnerError(
      `The program's package @pulumi/pulumi is of version ${version} (${dirname(manifest)}); the embedded runner needs 3.${OLDEST_MINOR} or newer, below 4.`,
      { hint: "Run `npm install @pulumi/pulumi@3` in the program's folder." },
    );
  }
  return module;
}

function environment({ config, typescript }: HostOptions): Record<string, string> {
  const entries = [...config];
  return {
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(entries.map(([key, { value }]) => [key, value]))),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(entries.filter(([, { secret }]) => secret).map(([key]) => key)),
    PULUMI_NODEJS_TYPESCRIPT: String(typescript),
  };
}
