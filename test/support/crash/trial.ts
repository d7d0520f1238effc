/** One operation that is killed, once or twice, and then run to its end; and what is left of it. */
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { RunEvent } from "../../../provider/runner/events.ts";
import { repository } from "../engines.ts";
import { start } from "../processes.ts";
import type { Order } from "./child.ts";
import { broken } from "./facts.ts";
import { kindOfCall, type Moment } from "./hook.ts";
import { idsOf, judge, type Verdict } from "./judge.ts";
import type { Plan } from "./plan.ts";
import { openState, PROJECT, perform, STACK } from "./run.ts";
import { PASSPHRASE, type Site, type Stage } from "./site.ts";
import type { Operation } from "./worlds.ts";

/** What ends a run: itself at one of its moments; the server, that holds a call; the clock. */
export type Kill =
  | { readonly by: "hook"; readonly moment: Moment }
  | { readonly by: "server"; readonly point: "before" | "after"; readonly kind: string; readonly nth: number }
  | { readonly by: "clock"; readonly ms: number };

export interface Outcome extends Verdict {
  /** Everything else that is not as after a run that was not killed. */
  readonly flaws: readonly string[];
}

const child = path.join(import.meta.dirname, "child.ts");

/** The result of a run in a process of its own: how often each event happened, or undefined when it was killed. */
async function runChild(site: Site, stage: Stage, operation: Operation, kill?: Kill) {
  const order: Order = {
    run: stage.run(operation.verb, operation.after),
    hook: {
      folder: path.join(stage.folder, "state"),
      moment: kill?.by === "hook" ? kill.moment : undefined,
      keys: site.keys,
    },
  };
  const file = path.join(stage.folder, "order.json");
  writeFileSync(file, JSON.stringify(order));
  const { forwarder } = site;
  const held =
    kill?.by === "server" &&
    forwarder.hold(kill.point, kill.nth, (method, route) => kindOfCall(method, route.split("?")[0]!) === kill.kind);
  const running = start(process.execPath, [child, file], {
    cwd: repository,
    env: {
      PATH: process.env.PATH,
      PULUMI_CONFIG_PASSPHRASE: PASSPHRASE,
      NODE_COMPILE_CACHE: path.join(repository, "node_modules", ".cache", "e2e"),
    },
  });
  if (held) void held.then(() => running.killGroup());
  const timer = kill?.by === "clock" ? setTimeout(() => running.killGroup(), kill.ms) : undefined;
  try {
    const { code, signal, stdout, output } = await running.done;
    if (signal === "SIGKILL") return undefined;
    if (code !== 0 && !operation.faults)
      throw new Error(`The run that was to be killed failed by itself (${code}):\n${output}`);
    return JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as Record<string, number>;
  } finally {
    clearTimeout(timer);
    running.killGroup();
    forwarder.clear();
  }
}

/** How often each event happens in an operation that nobody kills. */
export async function countEvents(site: Site, operation: Operation): Promise<Record<string, number>> {
  const stage = await site.stage(operation);
  try {
    if (operation.faults) await stage.server.control("faults", operation.faults);
    const counts = await runChild(site, stage, operation);
    if (counts === undefined) throw new Error("A run that nobody was to kill was killed.");
    return counts;
  } finally {
    await stage.close();
  }
}

/** Undefined when a run ended before the moment that it was to be killed at. */
export async function trial(
  site: Site,
  operation: Operation,
  { kills, refreshFirst }: Pick<Plan, "kills" | "refreshFirst">,
): Promise<Outcome | undefined> {
  const stage = await site.stage(operation);
  try {
    const run = stage.run(operation.verb, operation.after);
    const former = await openState(run, site.keyring, false);
    const formerIds = idsOf(former);
    await former.close();
    if (operation.faults) await stage.server.control("faults", operation.faults);
    for (const kill of kills) if ((await runChild(site, stage, operation, kill)) !== undefined) return undefined;
    await stage.server.mend();
    if (refreshFirst) await perform(stage.run("refresh", operation.after), site.keyring);
    await perform(run, site.keyring);
    const flaws = [...litter(stage.folder), ...(await broken(operation, stage.server.reader))];
    const store = await openState(run, site.keyring, false);
    try {
      for (const { type, resource } of store.pending) flaws.push(`${resource.urn} is still pending as ${type}`);
      for (const warning of store.warnings) flaws.push(`the state says: ${warning}`);
      const verdict = await judge(operation, formerIds, store, stage.server.reader);
      flaws.push(...changesIn(await perform(run, site.keyring, true), "the next run"));
      const reading = stage.run("refresh", operation.after);
      flaws.push(...changesIn(await perform(reading, site.keyring, true), "a refresh"));
      return { ...verdict, flaws };
    } finally {
      await store.close();
    }
  } finally {
    await stage.close();
  }
}

const changesIn = (events: readonly RunEvent[], what: string): string[] =>
  events.flatMap((event) =>
    event.type === "done" && event.step.op !== "same" ? `${what} would ${event.step.op} ${event.step.urn}` : [],
  );

/** Files that a finished run leaves nowhere. */
function litter(folder: string): string[] {
  const stacks = path.join(folder, "state", ".pulumi", "stacks", PROJECT);
  const locks = path.join(folder, "state", ".pulumi", "locks", "organization", PROJECT, STACK);
  const wanted = [`${STACK}.json`, `${STACK}.json.bak`];
  return [
    ...(existsSync(stacks) ? readdirSync(stacks) : []).filter((name) => !wanted.includes(name)),
    ...(existsSync(locks) ? readdirSync(locks) : []).map((name) => `lock ${name}`),
  ].map((name) => `${name} is left behind`);
}
