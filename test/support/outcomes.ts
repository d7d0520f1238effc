/** Plays a scenario on an engine and says what came of each command, free of what differs from run to run. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Resource } from "../../provider/runner/state/index.ts";
import { isDefaultProvider, STACK_TYPE, typeOf } from "../../provider/runner/urn.ts";
import type { Engine } from "./engines.ts";
import type { Act } from "./scenarios/act.ts";
import { type Cloud, Things } from "./things.ts";

export interface Outcome {
  readonly code: number | null;
  /** What the engine says it did: `<operation> <type>::<name>`. Sorted, as the calls: in parallel they come in any order. */
  readonly steps: readonly string[];
  readonly calls: readonly string[];
  readonly objects: Cloud["objects"];
  readonly state: readonly Record<string, unknown>[];
}

export async function play(engine: Engine, acts: readonly Act[]): Promise<Outcome[]> {
  const things = new Things();
  const outcomes: Outcome[] = [];
  const log = path.join(things.folder, "events");
  // The CLI writes its events only where its options for debugging are on.
  things.env("PULUMI_DEBUG_COMMANDS", "true");
  try {
    // The CLI's stack is made before the first configuration is set, which then keeps its salt.
    if (engine === "pulumi") await (await things.begin(engine, "preview")).done;
    things.calls();
    for (const act of acts) {
      const { plan, tamper, config = [], verb = "up", flags = [] } = act;
      if (plan) things.declare(plan);
      if (tamper) things.tamper(tamper);
      for (const [key, value, secret] of config) await things.config(key, value, secret);
      const confirmed = verb === "preview" || flags.includes("--preview-only") ? [] : ["--yes", "--skip-preview"];
      const reporting = engine === "pulumi" ? ["--event-log", `${log}-${outcomes.length}`] : ["--json"];
      const running = await things.begin(engine, verb, ...confirmed, ...reporting, ...flags);
      const { code, stdout } = await running.done;
      const refreshed = verb === "refresh" || flags.includes("--refresh");
      const compared = refreshed ? /^(create|read|update|delete) / : /^(?!dispose)/;
      const calls = things.calls().filter((line) => compared.test(line));
      const state = verb === "preview" && outcomes.length === 0 ? [] : (await things.state()).resources;
      outcomes.push({
        code,
        // What was read first and what was then done can't be told apart.
        steps: flags.includes("--refresh")
          ? []
          : (engine === "pulumi" ? logged(`${log}-${outcomes.length}`) : reported(stdout))
              .filter(isShown)
              .map(text)
              .sort(),
        calls: calls.sort(),
        objects: things.cloud().objects,
        state: normal(state, refreshed),
      });
    }
    return outcomes;
  } finally {
    things.remove();
  }
}

/**
 * Without what is known to differ. How far the program came with the stack's outputs when something failed beside it, is
 * chance on either engine.
 */
export function comparable(outcomes: readonly Outcome[] = [], acts: readonly Act[]): unknown[] {
  let failed = false;
  return outcomes.map(({ calls, state, ...rest }, index) => {
    failed = rest.code === 1 || (failed && acts[index]?.verb !== undefined && acts[index]?.verb !== "up");
    const compared = state.map(({ outputs, ...kept }) =>
      outputs === undefined || (failed && kept.type === STACK_TYPE) ? kept : { ...kept, outputs },
    );
    return { ...rest, state: compared, ...(acts[index]?.callsDiffer ? {} : { calls }) };
  });
}

interface Step {
  readonly op: string;
  readonly urn: string;
}

/** Which steps the CLI took, from its log of events; what failed is not among them. */
function logged(file: string): Step[] {
  if (!existsSync(file)) return [];
  interface Event {
    readonly [kind: string]: { readonly metadata?: Step } | undefined;
  }
  const events = readFileSync(file, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Event);
  const of = (kind: string) => events.flatMap((event) => event[kind]?.metadata ?? []);
  const failed = new Set(of("resOpFailedEvent").map(text));
  // A component is only begun, unless it registers outputs; what a refresh found is only known at its end.
  const begun = of("resourcePreEvent").filter((step) => step.op !== "refresh" && !failed.has(text(step)));
  const read = new Set(of("resourcePreEvent").flatMap(({ op, urn }) => (op === "refresh" ? [urn] : [])));
  const found = of("resOutputsEvent").filter(
    ({ op, urn }) => read.has(urn) && !begun.some((s) => s.op === op && s.urn === urn),
  );
  return [...begun, ...found];
}

/** The same from the embedded runner's document. */
function reported(output: string): readonly Step[] {
  return output.startsWith("{") ? (JSON.parse(output) as { steps: Step[] }).steps : [];
}

/** The document shows of what stays the same the stack alone, a replacement as one step, and no default provider. */
const isShown = ({ op, urn }: Step) =>
  !isDefaultProvider(urn) &&
  op !== "create-replacement" &&
  op !== "delete-replaced" &&
  (op !== "same" || typeOf(urn) === STACK_TYPE);

/** The CLI has words of its own for what is only forgotten: after a replacement that was given up, or of somebody else's. */
const words: Readonly<Record<string, string>> = { "remove-pending-replace": "delete", "discard-replaced": "discard" };
const text = ({ op, urn }: Step) => `${words[op] ?? op} ${urn.split("::").slice(2).join("::")}`;

const volatile = ["created", "modified", "sourcePosition", "stackTrace"];

/** States without what differs from run to run. */
export function normal(resources: readonly Resource[], refreshed: boolean): Record<string, unknown>[] {
  return resources
    .map((resource) => {
      const kept = Object.entries(resource).filter(
        ([field, value]) => !volatile.includes(field) && !isEmpty(field, value),
      );
      const state: Record<string, unknown> = Object.fromEntries(kept);
      const isProvider = resource.type.startsWith("pulumi:providers:");
      if (isProvider) delete state.id;
      if (resource.provider) state.provider = resource.provider.slice(0, resource.provider.lastIndexOf("::"));
      // The CLI forgets these in a refresh, until the next up.
      if (refreshed) delete state.propertyDependencies;
      if (resource.dependencies?.length) state.dependencies = [...resource.dependencies].sort();
      return state;
    })
    .sort((left, right) => (key(left) < key(right) ? -1 : 1));
}

const isEmpty = (field: string, value: unknown) =>
  value === undefined ||
  value === false ||
  (["dependencies", "additionalSecretOutputs", "aliases"].includes(field) &&
    Array.isArray(value) &&
    value.length === 0) ||
  (["outputs", "inputs", "customTimeouts", "propertyDependencies"].includes(field) &&
    typeof value === "object" &&
    value !== null &&
    Object.keys(value).length === 0);

const key = (state: Record<string, unknown>) => JSON.stringify([state.urn, state.delete ?? false, state.id]);
