/** The lock of a stack: a file per holder in one folder, as the CLI's file backend has it, so each respects the other's. */
import { randomUUID } from "node:crypto";
import { readdir, readFile, rm } from "node:fs/promises";
import { hostname, userInfo } from "node:os";
import { dirname, join } from "node:path";
import { z } from "zod";
import { locksDir } from "./backend.ts";
import { fileError, isMissing, StateError } from "./errors.ts";
import { removeLeftovers, writeFileSafely } from "./files.ts";
import { startOfProcess } from "./process-start.ts";
import type { Backend } from "./types.ts";

/** Both times come from different clocks of the system; only a start clearly after the lock tells of a reused number. */
const clockMarginMs = 10_000;

/** Another process that takes the lock just now has its temp file for a moment only. */
const leftoverAgeMs = 60_000;

export interface Lock {
  /** One sentence per lock that a dead process had left behind and that was removed. */
  readonly warnings: readonly string[];
  release(): Promise<void>;
}

const content = z.looseObject({ pid: z.number(), username: z.string(), hostname: z.string(), timestamp: z.string() });
type Holder = z.infer<typeof content>;

/**
 * Takes the lock. A lock of a process of this host that is gone is removed; every other one refuses, with StateError
 * naming pid and host.
 */
export async function takeLock(backend: Backend, project: string, stack: string, now: Date): Promise<Lock> {
  const dir = locksDir(backend, project, stack);
  const name = `${randomUUID()}.json`;
  const path = join(dir, name);
  const warnings = await clearOrRefuse(dir, name, stack);
  const holder: Holder = {
    pid: process.pid,
    username: userInfo().username,
    hostname: hostname(),
    timestamp: now.toISOString(),
  };
  // Whole or not at all: half a lock names nobody, so nobody could take it over. The temp file lies outside the folder, for
  // the CLI takes every file in there for a lock.
  const beside = join(dirname(dir), stack);
  await writeFileSafely(path, JSON.stringify(holder), { beside });
  try {
    // Two that start together both see the other's file here and both give way; neither runs beside the other.
    warnings.push(...(await clearOrRefuse(dir, name, stack)));
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
  await removeLeftovers(beside, leftoverAgeMs);
  return { warnings, release: () => rm(path, { force: true }) };
}

export interface HeldLock {
  readonly path: string;
  /** "alice@host, process 7, since …", or that it is not known. */
  readonly holder: string;
  /** True when its process runs on this host; undefined when that can't be told. */
  readonly alive: boolean | undefined;
}

/** Every lock of a stack, whoever holds it. */
export async function readLocks(backend: Backend, project: string, stack: string): Promise<HeldLock[]> {
  const dir = locksDir(backend, project, stack);
  const locks: HeldLock[] = [];
  for (const name of await lockNames(dir)) {
    const path = join(dir, name);
    const holder = await readHolder(path);
    if (holder === "gone") continue;
    const isHere = holder?.hostname === hostname();
    locks.push({ path, holder: describe(holder), alive: holder && isHere ? !(await isDead(holder)) : undefined });
  }
  return locks;
}

/** Removes every lock of a stack, whoever holds it: for a person who knows that no run is alive (`cancel`). */
export async function releaseLocks(backend: Backend, project: string, stack: string): Promise<void> {
  await rm(locksDir(backend, project, stack), { recursive: true, force: true });
}

async function lockNames(dir: string): Promise<string[]> {
  const names = await readdir(dir).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw fileError("list", dir, error);
  });
  return names.filter((name) => name.endsWith(".json"));
}

function describe(holder: Holder | undefined): string {
  if (!holder) return "an unknown process";
  return `${holder.username}@${holder.hostname}, process ${holder.pid}, since ${holder.timestamp}`;
}

async function clearOrRefuse(dir: string, own: string, stack: string): Promise<string[]> {
  const warnings: string[] = [];
  for (const name of await lockNames(dir)) {
    if (name === own) continue;
    const path = join(dir, name);
    const holder = await readHolder(path);
    if (holder === "gone") continue;
    if (holder === undefined || !(await isDead(holder))) {
      throw new StateError(`The stack ${stack} is locked by ${describe(holder)}: another update of it is running.`, {
        hint: `Wait for it to end. If you are sure that it is no longer running, remove the lock with \`pulumi-rocketchat cancel --stack ${stack}\` or delete ${path}`,
      });
    }
    await rm(path, { force: true });
    await rm(`${path}.attrs`, { force: true });
    warnings.push(
      `The lock of process ${holder.pid} (${holder.username}, since ${holder.timestamp}) was taken over: that process is no longer running.`,
    );
  }
  return warnings;
}

/** Undefined for a file that is not a lock as we know it: respected, for it may be a newer CLI's. */
async function readHolder(path: string): Promise<Holder | "gone" | undefined> {
  try {
    return content.safeParse(JSON.parse(await readFile(path, "utf8"))).data;
  } catch (error) {
    if (isMissing(error)) return "gone";
    if (error instanceof SyntaxError) return undefined;
    throw fileError("read", path, error);
  }
}

async function isDead(holder: Holder): Promise<boolean> {
  if (holder.hostname !== hostname()) return false;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
  // The number may have been given to another process since (containers start again at low numbers).
  const started = await startOfProcess(holder.pid);
  return started !== undefined && started.getTime() > Date.parse(holder.timestamp) + clockMarginMs;
}
