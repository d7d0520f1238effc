/** A project in a folder of its own, and the command line run on it in this process. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished, vi } from "vitest";
import { createProgram } from "../../provider/cli/program.ts";
import { ADMIN } from "./server.ts";

const fixtures = path.join(import.meta.dirname, "../fixtures/state");

interface Account {
  readonly username: string;
  readonly password: string;
}

export interface Output {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Bench {
  readonly folder: string;
  /** Paths of the stack "dev". */
  readonly checkpoint: string;
  readonly stackFile: string;
  run(...args: string[]): Promise<Output>;
  read(file: string): string;
  write(file: string, text: string): void;
  exists(file: string): boolean;
  files(folder: string): string[];
}

/** `filled`: the stack "dev" is there with seven resources, two outputs and secrets, as the Pulumi CLI 3.260 left them. */
export function bench(options: { readonly filled?: boolean; readonly yaml?: string } = {}): Bench {
  const folder = mkdtempSync(path.join(tmpdir(), "manage-"));
  const home = process.cwd();
  onTestFinished(() => {
    process.chdir(home);
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });
  const stacks = path.join(folder, "backend/.pulumi/stacks/golden");
  const at: Bench = {
    folder,
    checkpoint: path.join(stacks, "dev.json"),
    stackFile: path.join(folder, "Pulumi.dev.yaml"),
    run: (...args) => runHere(folder, args),
    read: (file) => readFileSync(path.resolve(folder, file), "utf8"),
    write: (file, text) => {
      mkdirSync(path.dirname(path.resolve(folder, file)), { recursive: true });
      writeFileSync(path.resolve(folder, file), text);
    },
    exists: (file) => existsSync(path.resolve(folder, file)),
    files: (name) => (existsSync(path.resolve(folder, name)) ? readdirSync(path.resolve(folder, name)).sort() : []),
  };
  at.write("Pulumi.yaml", "name: golden\nruntime: nodejs\n");
  if (options.filled) {
    mkdirSync(stacks, { recursive: true });
    cpSync(path.join(fixtures, "checkpoint.json"), at.checkpoint);
    cpSync(path.join(fixtures, "stack-file.yaml"), at.stackFile);
  }
  if (options.yaml !== undefined) at.write("Pulumi.dev.yaml", options.yaml);
  vi.stubEnv("PULUMI_BACKEND_URL", "file://./backend");
  vi.stubEnv("PULUMI_HOME", path.join(folder, "home"));
  vi.stubEnv("PULUMI_CONFIG_PASSPHRASE", "correct horse");
  vi.stubEnv("PULUMI_CONFIG_PASSPHRASE_FILE", undefined);
  vi.stubEnv("PULUMI_STACK", undefined);
  return at;
}

/** The connection that commands find in their environment until the test ends. Default: the admin of test servers. */
export function connectTo(url: string, { username, password }: Account = ADMIN): void {
  vi.stubEnv("ROCKETCHAT_URL", url);
  vi.stubEnv("ROCKETCHAT_USERNAME", username);
  vi.stubEnv("ROCKETCHAT_PASSWORD", password);
}

/** A workspace document without a project beside it, for the server at `url`. */
export function documentBench(url: string, document: string): Bench {
  const at = bench();
  connectTo(url);
  rmSync(path.join(at.folder, "Pulumi.yaml"));
  at.write("workspace.yaml", document);
  return at;
}

async function runHere(folder: string, args: readonly string[]): Promise<Output> {
  const text = { stdout: "", stderr: "" };
  const spies = (["stdout", "stderr"] as const).map((name) =>
    vi.spyOn(process[name], "write").mockImplementation((part) => {
      text[name] += String(part);
      return true;
    }),
  );
  process.exitCode = undefined;
  try {
    const program = await createProgram();
    await program.parseAsync([...args, "--cwd", folder], { from: "user" });
    return { code: Number(process.exitCode ?? 0), ...text };
  } finally {
    process.exitCode = undefined;
    for (const spy of spies) spy.mockRestore();
  }
}
