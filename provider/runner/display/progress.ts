/** Progress as text: plain lines in CI, with live lines for what is under way on a terminal. Formats; decides nothing. */
import { styleText } from "node:util";
import { createLogUpdate } from "log-update";
import type { Listener, RunEvent, StepInfo } from "../events.ts";
import { isDefaultProvider, nameOf, STACK_TYPE, typeOf } from "../urn.ts";
import { diffText, isDetail } from "./diff.ts";
import { diffNote, seconds, wordsOf } from "./words.ts";

export interface ProgressOptions {
  readonly stream: NodeJS.WritableStream & { isTTY?: boolean };
  /** A preview: "create", not "creating". */
  readonly planned: boolean;
  readonly diff: boolean;
}

export interface Progress {
  readonly listener: Listener;
  /** Takes the live lines away. */
  end(): void;
}

export function createProgress(options: ProgressOptions): Progress {
  const { stream, planned, diff } = options;
  const running = new Map<string, { step: StepInfo; began: number }>();
  const live = stream.isTTY ? createLogUpdate(stream as NodeJS.WriteStream) : undefined;
  const timer = live ? setInterval(redraw, 100) : undefined;
  const start = performance.now();
  let finished = 0;

  /** Colours only where the stream shows them: no pipe, no NO_COLOR. */
  function title({ op, urn }: StepInfo): string {
    const { symbol, color } = wordsOf(op);
    return ` ${styleText(color, symbol, { stream })} ${typeOf(urn)} ${nameOf(urn)}`;
  }
  function redraw(): void {
    const now = performance.now();
    const lines = [...running.values()].map(
      ({ step, began }) => `${title(step)} ${wordsOf(step.op).doing} (${Math.floor((now - began) / 1000)}s)`,
    );
    const counts = `@ ${planned ? "previewing" : "running"}: ${finished} done, ${running.size} under way, ${Math.floor((now - start) / 1000)}s`;
    live?.(lines.length > 0 ? `${lines.join("\n")}\n${counts}` : counts);
  }
  function line(text: string): void {
    live?.clear();
    stream.write(`${text}\n`);
    if (live) redraw();
  }

  function listener(event: RunEvent): void {
    if (event.type === "diagnostic") {
      if (event.severity === "info") line(event.message);
      return;
    }
    if (event.type === "outputs" || isDefaultProvider(event.step.urn)) return;
    const { step } = event;
    const words = wordsOf(step.op);
    const key = `${step.op} ${step.urn}`;
    if (event.type === "start") {
      running.set(key, { step, began: performance.now() });
      if (!planned && !live && step.op !== "same" && step.op !== "refresh") line(`${title(step)} ${words.doing} (0s)`);
      return;
    }
    running.delete(key);
    running.delete(`refresh ${step.urn}`);
    finished++;
    if (event.type === "failed") {
      line(`${title(step)} **${words.doing} failed** error: ${event.message.split("\n")[0]}`);
    } else if (step.op !== "same") {
      if (diff) {
        if (isDetail(step)) line(diffText(step));
        return;
      }
      if (planned) line(`${title(step)} ${words.plan}${note(step)}`);
      else line(`${title(step)} ${words.done} (${seconds(event.seconds)})${note(step)}`);
    }
  }

  return {
    listener,
    end() {
      clearInterval(timer);
      live?.clear();
      live?.done();
    },
  };
}

function note(step: StepInfo): string {
  return typeOf(step.urn) === STACK_TYPE ? "" : diffNote(step);
}
