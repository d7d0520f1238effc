/** Plays a scenario on an engine and says what came of each command, free of what differs from run to run. */
import type { Resource } from "../../provider/runner/state/index.ts";
import type { Engine } from "./engines.ts";
import type { Act } from "./scenarios.ts";
import { type Cloud, Things } from "./things.ts";

export interface Outcome {
  readonly succeeded: boolean;
  /** Sorted: in parallel they come in any order. */
  readonly calls: readonly string[];
  readonly objects: Cloud["objects"];
  readonly state: readonly Record<string, unknown>[];
}

export async function play(engine: Engine, acts: readonly Act[]): Promise<Outcome[]> {
  const things = new Things();
  const outcomes: Outcome[] = [];
  try {
    // The CLI's stack is made before the first configuration is set, which then keeps its salt.
    if (engine === "pulumi") await (await things.begin(engine, "preview")).done;
    for (const act of acts) {
      const { plan, tamper, config = [], verb = "up", flags = [] } = act;
      if (plan) things.declare(plan);
      if (tamper) things.tamper(tamper);
      for (const [key, value, secret] of config) await things.config(key, value, secret);
      const confirmed = verb === "preview" || flags.includes("--preview-only") ? [] : ["--yes", "--skip-preview"];
      const running = await things.begin(engine, verb, ...confirmed, ...flags);
      const { code } = await running.done;
      const refreshed = verb === "refresh" || flags.includes("--refresh");
      const compared = refreshed || act.objectCallsOnly ? /^(create|read|update|delete) / : /^(?!dispose)/;
      const calls = things.calls().filter((line) => compared.test(line));
      const state = verb === "preview" && outcomes.length === 0 ? [] : (await things.state()).resources;
      outcomes.push({
        succeeded: code === 0,
        calls: calls.sort(),
        objects: things.cloud().objects,
        state: normal(state, code === 0, refreshed),
      });
    }
    return outcomes;
  } finally {
    things.remove();
  }
}

const volatile = ["created", "modified", "sourcePosition", "stackTrace"];

/** States without what differs from run to run. */
export function normal(
  resources: readonly Resource[],
  succeeded: boolean,
  refreshed: boolean,
): Record<string, unknown>[] {
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
      // After a failure the CLI may have emptied the stack's outputs; the runner keeps the last good ones.
      if (resource.type === "pulumi:pulumi:Stack" && !succeeded) delete state.outputs;
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
