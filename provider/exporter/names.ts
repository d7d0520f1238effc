/** Gives every object of a section its keys in the document. Pure. */
import { inputsOf } from "../engine/check.ts";
import type { AnyHandler, Declared } from "../engine/handler.ts";
import { rulesOf } from "../engine/schema.ts";
import { byCodePoint } from "./model.ts";

/** What the server calls it: its natural name, or where it has none, what it can't change without being another one. */
export function partsOf(handler: AnyHandler, inputs: Declared): string[] {
  const { keys, ownId } = handler.schema.document;
  if (keys.length > 0) return keys.map((key) => String(inputs[key] ?? ""));
  if (ownId !== undefined && inputs[ownId] !== undefined) return [String(inputs[ownId])];
  const { shape } = inputsOf(handler);
  const fixed = Object.keys(shape).filter((key) => rulesOf(shape[key]).replaces === true && inputs[key] !== undefined);
  return [fixed.map((key) => String(inputs[key])).join("-")];
}

interface Named {
  readonly parts: readonly string[];
  readonly inputs: Declared;
}

/**
 * In code-point order of their parts. Where several have the same name, the first keeps it and the others get a number; they
 * have to say their name themselves then. The order among them does not depend on the server's.
 */
export function keyed<T extends Named>(
  objects: readonly T[],
): { object: T; keys: readonly string[]; renamed: boolean }[] {
  const sorted = objects
    .map((object) => ({ object, parts: object.parts, text: JSON.stringify(object.inputs) }))
    .sort((a, b) => byParts(a.parts, b.parts) || byCodePoint(a.text, b.text));
  const taken = new Set(sorted.map(({ parts }) => JSON.stringify(parts)));
  const given = new Set<string>();
  return sorted
    .map(({ object, parts }) => {
      const [last = "", ...above] = [...parts].reverse();
      const within = above.reverse();
      let keys = [...within, last];
      if (given.has(JSON.stringify(keys))) {
        for (let number = 2; taken.has(JSON.stringify(keys)); number++) keys = [...within, `${last}-${number}`];
      }
      taken.add(JSON.stringify(keys));
      given.add(JSON.stringify(keys));
      return { object, keys, renamed: keys.at(-1) !== last };
    })
    .sort((a, b) => byParts(a.keys, b.keys));
}

function byParts(a: readonly string[], b: readonly string[]): number {
  for (const [index, part] of a.entries()) {
    const difference = byCodePoint(part, b[index] ?? "");
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
