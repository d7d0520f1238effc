/** Under which URNs a resource may stand in the old state. Knows only names. */
import type { Alias, Goal } from "../goal.ts";
import { makeUrn, nameOf, parseUrn, typeOf } from "../urn.ts";

/** Where this run is: alias specs may leave out stack and project. */
export interface Place {
  readonly stack: string;
  readonly project: string;
}

/** `parentAlias`: the URN under which the parent was found in the old state, where that was an alias. */
export function aliasUrns(goal: Goal, place: Place, parentAlias: string | undefined): string[] {
  const own = goal.aliases.map((alias) => aliasUrn(alias, goal, place));
  if (parentAlias === undefined) return own;
  const parentName = nameOf(goal.parent);
  const inherited = [
    inheritedUrn(goal.type, goal.name, parentName, parentAlias),
    ...own.map((urn) => inheritedUrn(typeOf(urn), nameOf(urn), parentName, parentAlias)),
  ];
  return [...new Set([...own, ...inherited])];
}

function aliasUrn(alias: Alias, goal: Goal, place: Place): string {
  if ("urn" in alias) return alias.urn;
  return makeUrn(
    alias.stack || place.stack,
    alias.project || place.project,
    alias.parent ?? goal.parent,
    alias.type || goal.type,
    alias.name || goal.name,
  );
}

/** Children are by convention named after their parent: a parent of another name had children of other names. */
function inheritedUrn(type: string, name: string, parentName: string, parentAlias: string): string {
  const { stack, project } = parseUrn(parentAlias);
  const then = name.startsWith(parentName) ? nameOf(parentAlias) + name.slice(parentName.length) : name;
  return makeUrn(stack, project, parentAlias, type, then);
}
