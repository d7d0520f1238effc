/** When a process was started, where the system tells. For telling whether a process number was reused. */
import { readFile } from "node:fs/promises";

/** Linux: `starttime` of /proc/<pid>/stat counts ticks of 1/100 s since boot. */
const ticksPerSecond = 100;

/** Undefined where it can't be known (no such process, not Linux). Exact to a second or two. */
export async function startOfProcess(pid: number): Promise<Date | undefined> {
  try {
    const [stat, system] = await Promise.all([readFile(`/proc/${pid}/stat`, "utf8"), readFile("/proc/stat", "utf8")]);
    // The second field, the command in parentheses, may hold spaces; starttime is the 20th after it.
    const ticks = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]);
    const boot = Number(/^btime (\d+)$/m.exec(system)?.[1]);
    const seconds = boot + ticks / ticksPerSecond;
    return Number.isFinite(seconds) ? new Date(seconds * 1000) : undefined;
  } catch {
    return undefined;
  }
}
