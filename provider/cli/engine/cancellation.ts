/** What ^C and the wish of the system to end mean to a run. Knows no engine. */
import { isDrawable } from "./terminal.ts";

export interface Cancellation {
  /** Aborted by the first signal: nothing new is begun. The reason is what to tell the person. */
  readonly signal: AbortSignal;
  release(): void;
}

/** The CLI's exit code for a run that was ended at once. */
const ENDED_AT_ONCE = 8;
/** `npx` hands on a ^C that the terminal gave to this process as well: within this time both are one. */
const ONE_PRESS_MS = 200;

/** The first ^C lets calls in flight end and be recorded; the second records them as pending by `endNow`; a third just ends. */
export function cancelOnSignals(endNow: () => Promise<void>): Cancellation {
  const controller = new AbortController();
  // Bound now, for in a run handlers have these in another form.
  const exit = process.exit.bind(process);
  const say = process.stderr.write.bind(process.stderr);
  let last = 0;
  let ending = false;
  const cancel = (name: NodeJS.Signals) => {
    const since = performance.now() - last;
    if (controller.signal.aborted && since < ONE_PRESS_MS) return;
    last = performance.now();
    if (ending) exit(ENDED_AT_ONCE);
    if (controller.signal.aborted) {
      ending = true;
      say("Ending at once; calls in flight are recorded as pending. `up` settles them.\n");
      const leave = () => exit(ENDED_AT_ONCE);
      endNow().then(leave, leave);
      return;
    }
    const received = name === "SIGINT" ? "^C" : name;
    const message = `${received} received; calls in flight are finished and recorded. Again: end at once.`;
    // On a terminal that is being drawn on, whoever draws says it.
    if (!isDrawable(process.stdout)) say(`${message}\n`);
    controller.abort(message);
  };
  process.on("SIGINT", cancel);
  process.on("SIGTERM", cancel);
  return {
    signal: controller.signal,
    release() {
      process.off("SIGINT", cancel);
      process.off("SIGTERM", cancel);
    },
  };
}
