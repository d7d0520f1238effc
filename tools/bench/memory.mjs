// Watches a process and all it starts: the peak of their memory together, and the processor time. Reads /proc: Linux only.
import { readdirSync, readFileSync } from "node:fs";

/** How often, in milliseconds. */
const PERIOD = 50;
const PAGE_KIB = 4;
const TICKS_PER_SECOND = 100;

export const canWatch = process.platform === "linux";

const read = (file) => {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return ""; // it has ended
  }
};

function tree(pid) {
  let tasks = [];
  try {
    tasks = readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
  const children = tasks.flatMap((task) => read(`/proc/${pid}/task/${task}/children`).split(" ").filter(Boolean));
  return [pid, ...children.flatMap(tree)];
}

/** Memory pages that several processes share count in each. `end` gives the result; nulls where /proc isn't there. */
export function watch(pid) {
  let peakKib = 0;
  const ticks = new Map();
  const look = () => {
    let sum = 0;
    for (const each of tree(pid)) {
      sum += Number(read(`/proc/${each}/statm`).split(" ")[1] ?? 0) * PAGE_KIB;
      // After the name in brackets: utime and stime are fields 14 and 15.
      const fields = read(`/proc/${each}/stat`).split(") ").at(-1).split(" ");
      if (fields.length > 12) ticks.set(each, Number(fields[11]) + Number(fields[12]));
    }
    peakKib = Math.max(peakKib, sum);
  };
  const timer = canWatch ? setInterval(look, PERIOD) : undefined;
  if (canWatch) look();
  return {
    end() {
      clearInterval(timer);
      const total = [...ticks.values()].reduce((sum, each) => sum + each, 0);
      return canWatch
        ? { peakRssMiB: Math.round(peakKib / 1024), cpuSeconds: total / TICKS_PER_SECOND }
        : { peakRssMiB: null, cpuSeconds: null };
    },
  };
}
