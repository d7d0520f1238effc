/** `drift` from its arguments to its exit code: what somebody changed by hand since the last `up`. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { type Format, renderers } from "../../review/render/index.ts";
import { reportOf } from "../../review/report.ts";
import { DRIFT } from "../../review/words.ts";
import { chooseEngine, type EngineChoice } from "../engine/choose.ts";
import type { EngineOptions } from "../engine/options.ts";
import { openWorkspace } from "../engine/workspace.ts";
import { open, writeDrift } from "./accept.ts";
import { look } from "./look.ts";

/** Exit codes beside 0: something differs; not everything could be read. */
const DIFFERS = 2;
const FAILED = 1;

export interface DriftOptions extends EngineOptions {
  /** Puts it into the document. */
  readonly write?: boolean;
  readonly format?: Format;
  readonly out?: string;
}

/**
 * The state is the same for both engines, and the embedded one starts no program: a nightly job needs no Pulumi CLI, unless it says so or
 * the state lies where only that one reaches it.
 */
async function engineFor({ engine, file }: EngineOptions): Promise<EngineChoice> {
  const outOfReach: unknown =
    engine ??
    (await openWorkspace(file).then(
      () => undefined,
      (error: unknown) => error,
    ));
  if (outOfReach === undefined) return chooseEngine("embedded");
  const choice = await chooseEngine(engine);
  if (engine === undefined && choice.engine !== "pulumi") throw outOfReach;
  process.stderr.write(`${choice.line}\n`);
  return choice;
}

/** Sets the exit code: 0 none, or all of it written; 2 drift, or some of it left alone; 1 error. */
export async function runDrift({ cwd: _, format = "text", out, ...options }: DriftOptions): Promise<void> {
  const target = options.write ? await open(options) : undefined;
  const choice = await engineFor(options);
  const plan = await look(choice, options);
  const { changes, problems } = plan;
  const writes = target !== undefined && problems.length === 0 && changes.length > 0;
  const document = {
    changes: changes.map(({ kind, op, resource, fields }) => ({ kind, op, resource, fields })),
    problems,
  };
  if (!options.json) {
    const subject = `what somebody changed by hand${options.stack === undefined ? "" : ` on ${options.stack}`}`;
    const text = renderers[format](reportOf(plan, { subject, words: DRIFT }));
    if (out === undefined) process.stdout.write(text);
    else writeFileSync(path.resolve(out), text);
  } else if (!writes) process.stdout.write(`${JSON.stringify(document, undefined, 2)}\n`);
  process.exitCode = writes
    ? await writeDrift(target, plan, choice, options, document)
    : problems.length > 0
      ? FAILED
      : changes.length > 0
        ? DIFFERS
        : 0;
}
