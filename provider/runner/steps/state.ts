/** From a goal to the state that will stand for it. Knows the checkpoint's fields; makes no decision. */
import { isDeepStrictEqual } from "node:util";
import type { Goal } from "../goal.ts";
import type { Resource } from "../state/index.ts";
import { markKeys, type Properties } from "../values.ts";

/** Without id and outputs: those come from the old state or from the provider. */
export function wantedState(goal: Goal, urn: string, inputs: Properties, provider: string): Resource {
  const { additionalSecretOutputs, customTimeouts } = goal;
  return {
    urn,
    custom: goal.custom,
    type: goal.type,
    ...(Object.keys(inputs).length > 0 || goal.custom ? { inputs } : {}),
    ...(goal.parent ? { parent: goal.parent } : {}),
    ...(goal.protect ? { protect: true } : {}),
    ...(goal.dependencies.length > 0 ? { dependencies: goal.dependencies } : {}),
    ...(provider ? { provider } : {}),
    ...(Object.keys(goal.propertyDependencies).length > 0 ? { propertyDependencies: goal.propertyDependencies } : {}),
    ...(additionalSecretOutputs.length > 0 ? { additionalSecretOutputs } : {}),
    ...(customTimeouts && Object.keys(customTimeouts).length > 0 ? { customTimeouts } : {}),
    ...(goal.retainOnDelete ? { retainOnDelete: true } : {}),
    ...(goal.deletedWith ? { deletedWith: goal.deletedWith } : {}),
    ...(goal.replaceOnChanges.length > 0 ? { replaceOnChanges: goal.replaceOnChanges } : {}),
    ...(goal.ignoreChanges.length > 0 ? { ignoreChanges: goal.ignoreChanges } : {}),
  };
}

/** Fields that the engine keeps from the old state as they are. */
const carried = ["created", "modified", "sourcePosition", "stackTrace", "importID"];

export function carryOver(next: Resource, old: Resource): Resource {
  const kept = Object.fromEntries(carried.filter((field) => field in old).map((field) => [field, old[field]]));
  return { ...next, ...kept };
}

export function withResult(next: Resource, id: string | undefined, outputs: Properties | undefined): Resource {
  const marked = outputs && markKeys(outputs, next.additionalSecretOutputs ?? []);
  return { ...next, ...(id ? { id } : {}), ...(marked ? { outputs: marked } : {}) };
}

export function sameState(left: Resource, right: Resource): boolean {
  return isDeepStrictEqual(left, right);
}
