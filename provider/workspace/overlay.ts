/** Lays one document over another: what an environment has differently. Knows no kinds beyond their sections' names. */
import { nearest } from "../engine/near.ts";
import type { Problem } from "./problem.ts";
import type { MapTree, Tree } from "./read/tree.ts";

const isNothing = (tree: Tree): boolean => tree.type === "scalar" && tree.value === null;

const isReference = (tree: MapTree): boolean => {
  const [key, ...more] = tree.members.keys();
  return more.length === 0 && (key === "secret" || key === "env");
};

/**
 * `base` with what `over` says: maps are merged name by name, a `null` takes away, everything else stands in for what was
 * there. A `null` for what isn't there is a mistake.
 */
export function overlay(base: MapTree, over: MapTree, problems: Problem[], trail: readonly string[] = []): MapTree {
  const members = new Map(base.members);
  for (const [key, member] of over.members) {
    const there = members.get(key);
    const path = [...trail, key];
    if (isNothing(member.value)) {
      if (there === undefined) {
        const [near] = nearest(key, base.members.keys());
        problems.push({
          message: `${path.join(".")}: nothing to take away: the document below has no such entry${near ? `; did you mean "${near}"?` : ""}`,
          at: member.at,
        });
      }
      members.delete(key);
    } else if (
      there?.value.type === "map" &&
      member.value.type === "map" &&
      !isReference(member.value) &&
      !isReference(there.value)
    ) {
      members.set(key, { at: there.at, value: overlay(there.value, member.value, problems, path) });
    } else if (there !== undefined && trail.length < 1 && there.value.type === "map" && member.value.type !== "map") {
      problems.push({ message: `${key}: must be a map of names, as in the document below`, at: member.value.at });
    } else {
      members.set(key, member);
    }
  }
  return { ...base, members };
}
