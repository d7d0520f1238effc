/** Decides what a resource that is there already needs: nothing, an update, or a replacement. Changes nothing. */

import { type ChangeKind, changedKeys } from "../events.ts";
import type { Goal } from "../goal.ts";
import type { ResourceProvider } from "../providers/provider.ts";
import type { Resource } from "../state/index.ts";
import type { Properties } from "../values.ts";
import { parsePath } from "./ignore-changes.ts";

export interface Decision {
  readonly action: "same" | "update" | "replace";
  readonly keys: Readonly<Record<string, ChangeKind>>;
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
  /** The comparison of inputs explains all of it. */
  readonly detailed: boolean;
}

/**
 * `provider`: undefined for components and provider resources, whose inputs are compared. `forced`: the last operation on
 * it was left half done, so it is updated even if nothing changed.
 */
export async function decide(
  goal: Goal,
  old: Resource,
  inputs: Properties,
  provider: ResourceProvider | undefined,
  forced: boolean,
): Promise<Decision> {
  const answer = await provider?.diff(old.id ?? "", old.inputs ?? {}, old.outputs ?? {}, inputs);
  // Of thousands of objects that are as they were nobody asks in what they differ.
  const keys = answer?.changes === false && !forced ? {} : changedKeys(old.inputs, inputs);
  const compared = answer?.changes === undefined;
  const changes = answer?.changes ?? Object.keys(keys).length > 0;
  const demanded = compared ? Object.keys(keys).filter((key) => replacesOn(goal.replaceOnChanges, key)) : [];
  const replaces = [...new Set([...(answer?.replaces ?? []), ...(provider ? demanded : [])])];
  const shared = {
    keys,
    replaces,
    deleteBeforeReplace: goal.deleteBeforeReplace ?? answer?.deleteBeforeReplace ?? false,
    detailed: compared,
  };
  if (changes && replaces.length > 0) return { ...shared, action: "replace" };
  return { ...shared, action: changes || forced ? "update" : "same" };
}

/** What is deleted with an object that is replaced is gone with it, so it is made anew, whatever its own inputs are. */
export function replacedWithAnother(goal: Goal): Decision {
  const deleteBeforeReplace = goal.deleteBeforeReplace ?? false;
  return { action: "replace", keys: {}, replaces: [], deleteBeforeReplace, detailed: false };
}

function replacesOn(paths: readonly string[], key: string): boolean {
  return paths.some((path) => {
    const [first] = parsePath(path);
    return first === "*" || first === key;
  });
}
