/** `.get`: reads an object that is somebody else's and keeps what it found as an external state. */
import { messageOf, ReportedError, RunnerError } from "../errors.ts";
import type { StepInfo } from "../events.ts";
import type { ReadGoal } from "../goal.ts";
import type { Change, Resource } from "../state/index.ts";
import { hasUnknown } from "../values.ts";
import type { ReadPlan } from "./planner.ts";
import { carryOver, sameState, withResult } from "./state.ts";
import type { StepEnvironment } from "./step.ts";

/** In a preview what can't be known yet stays without outputs. Rejects with ReportedError. */
export async function readExternal(
  goal: ReadGoal,
  urn: string,
  plan: ReadPlan,
  environment: StepEnvironment,
): Promise<Resource> {
  const { provider, old, reference, replaces } = plan;
  const { ledger, listener } = environment;
  const wanted = stateOf(goal, urn, reference);
  const info: StepInfo = { op: "read", urn, next: wanted, keys: {}, replaces: [] };
  if (!provider || hasUnknown([goal.id, goal.inputs])) {
    listener({ type: "done", step: info, seconds: 0 });
    return wanted;
  }
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1000;
  listener({ type: "start", step: info });
  try {
    const { id, outputs } = await provider.read(goal.id, goal.inputs, {});
    if (id === "") throw new RunnerError(`resource '${goal.id}' does not exist`);
    const state = withResult(old && !replaces ? carryOver(wanted, old) : wanted, id, outputs);
    const unchanged = old !== undefined && sameState(old, state);
    if (!unchanged) await ledger.record(changeOf(old, state, replaces));
    listener({ type: "done", step: { ...info, next: state }, seconds: seconds() });
    return unchanged ? old : state;
  } catch (error) {
    listener({ type: "failed", step: { ...info, op: "read" }, message: messageOf(error), seconds: seconds() });
    throw new ReportedError(messageOf(error), { cause: error });
  }
}

function changeOf(old: Resource | undefined, state: Resource, replaces: boolean): Change {
  if (!old) return { put: state };
  return replaces ? { replace: [[old, { ...old, delete: true }]], put: state } : { replace: [[old, state]] };
}

function stateOf(goal: ReadGoal, urn: string, provider: string): Resource {
  const { additionalSecretOutputs } = goal;
  return {
    urn,
    custom: true,
    type: goal.type,
    external: true,
    provider,
    inputs: goal.inputs,
    ...(goal.parent ? { parent: goal.parent } : {}),
    ...(goal.dependencies.length > 0 ? { dependencies: goal.dependencies } : {}),
    ...(additionalSecretOutputs.length > 0 ? { additionalSecretOutputs } : {}),
  };
}
