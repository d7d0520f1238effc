/**
 * A child process with its output line by line, in a process group of its own: ^C on the terminal doesn't reach it, and it
 * is gone whenever this process is, however that ended. Knows nothing of Pulumi.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

export interface ProcessOptions {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** A line that it printed. */
  readonly print: (line: string, stream: "stdout" | "stderr") => void;
}

export interface Host {
  /** Exit code, or the signal that ended it. Rejects when it can't be started. */
  readonly exited: Promise<number | NodeJS.Signals>;
  /** Asks it to end; makes it, when it doesn't listen. */
  stop(): void;
}

/** How long it may take to end once it was asked to. */
const GRACE_MS = 1_000;
/** How long its last lines are waited for: something that it left behind may hold the pipes open for ever. */
const OUTPUT_MS = 500;

/** Starts this Node.js with the arguments. */
export function startProcess({ args, cwd, env, print }: ProcessOptions): Host {
  const child = spawn(process.execPath, args, {
    cwd,
    env,
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
    windowsHide: true,
  });
  createInterface(child.stdout).on("line", (line) => print(line, "stdout"));
  createInterface(child.stderr).on("line", (line) => print(line, "stderr"));
  const release = endWithThisProcess(child);
  let stopping = false;
  const exited = new Promise<number | NodeJS.Signals>((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code, signal) => {
      release();
      // What was stopped leaves nothing behind; what ended by itself may have started something that is to stay.
      if (stopping) killGroup(child, "SIGKILL");
      const finish = () => resolve(code ?? signal ?? 1);
      const timer = setTimeout(() => {
        child.stdout.destroy();
        child.stderr.destroy();
      }, OUTPUT_MS);
      // "close" comes after the last line of output.
      child.on("close", () => {
        clearTimeout(timer);
        finish();
      });
    });
  });
  return {
    exited,
    stop() {
      stopping = true;
      killGroup(child, "SIGTERM");
      setTimeout(() => child.exitCode === null && killGroup(child, "SIGKILL"), GRACE_MS).unref();
    },
  };
}

function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (process.platform === "win32" || child.pid === undefined) child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/**
 * A shell waits at a pipe whose other end is here. When this process dies, however (SIGKILL too), the pipe closes and the
 * shell kills the group; a thread or a listener inside a program that is stuck in a loop could not. Gives the function that
 * ends the watch. Without a shell (Windows) a program still ends by itself once it wants something of its engine.
 */
function endWithThisProcess(child: ChildProcess): () => void {
  if (process.platform === "win32" || child.pid === undefined) return () => {};
  const watch = spawn("/bin/sh", ["-c", 'read _ || kill -s KILL -- "-$0"', String(child.pid)], {
    cwd: "/",
    env: {},
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  watch.on("error", () => {});
  watch.stdin.on("error", () => {});
  watch.unref();
  return () => void watch.stdin.end("\n");
}
