/** Runs programs from tests: output collected, the end awaited, and a way to kill. Knows nothing of Pulumi or Rocket.Chat. */
import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";

export interface Finished {
  /** Exit status; null when a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Both streams, for searches that do not care which. */
  readonly output: string;
}

export interface Running {
  readonly pid: number;
  /** Resolves when the process has ended and its output is complete, whatever its status. */
  readonly done: Promise<Finished>;
  /** What it has printed so far. */
  output(): string;
  /** Sends a signal to this process alone. */
  kill(signal: NodeJS.Signals): void;
  /** Kills its process group. */
  killGroup(): void;
}

/** Starts a program in a process group of its own, so that a test that fails can end all of it. */
export function start(
  command: string,
  args: readonly string[],
  options: { cwd: string; env: NodeJS.ProcessEnv },
): Running {
  const child: ChildProcess = spawn(command, args, { ...options, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  const chunks: Record<"stdout" | "stderr", Buffer[]> = { stdout: [], stderr: [] };
  child.stdout?.on("data", (data: Buffer) => chunks.stdout.push(data));
  child.stderr?.on("data", (data: Buffer) => chunks.stderr.push(data));
  const done = new Promise<Finished>((resolve, reject) => {
    child.once("error", reject);
    const finish = (code: number | null, signal: NodeJS.Signals | null) => {
      const stdout = Buffer.concat(chunks.stdout).toString();
      const stderr = Buffer.concat(chunks.stderr).toString();
      resolve({ code, signal, stdout, stderr, output: `${stdout}${stderr}` });
    };
    child.once("close", finish);
    // A killed process may leave children that hold the pipes: its own end is what counts then.
    child.once("exit", (code, signal) => signal === "SIGKILL" && finish(code, signal));
  });
  const pid = child.pid ?? 0;
  return {
    pid,
    done,
    output: () => Buffer.concat([...chunks.stdout, ...chunks.stderr]).toString(),
    kill: (signal) => void (pid > 0 && child.exitCode === null && process.kill(pid, signal)),
    killGroup: () => ignoreGone(() => process.kill(-pid, "SIGKILL")),
  };
}

function ignoreGone(act: () => void): void {
  try {
    act();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

interface Entry {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** All processes of the machine, from /proc. */
function processes(): Entry[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, "utf8");
        // The name in parentheses may hold anything; the fields after it are: state, parent, …
        const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
        const command = readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " ");
        return [{ pid: Number(name), parent, command }];
      } catch {
        return [];
      }
    });
}

/** Ids of everything that a process started, directly or not; `named` narrows it to command lines that hold the text. */
export function descendants(pid: number, named = ""): number[] {
  const all = processes();
  const found: Entry[] = [];
  const visit = (parent: number): void => {
    for (const entry of all) {
      if (entry.parent !== parent) continue;
      found.push(entry);
      visit(entry.pid);
    }
  };
  visit(pid);
  return found.filter(({ command }) => command.includes(named)).map((entry) => entry.pid);
}

/** Kills every process that works in a folder: orphans of a killed command have no parent to be found by. */
export function killAllIn(folder: string): void {
  for (const { pid } of processes()) {
    const home = workingFolder(pid);
    if (home === folder || home?.startsWith(`${folder}/`)) ignoreGone(() => process.kill(pid, "SIGKILL"));
  }
}

function workingFolder(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}
