/** What an export has found: objects in the form in which a document declares them. */
import type { AnyHandler, Declared } from "../engine/handler.ts";

export interface ExportedSecret {
  /** Inside the inputs. */
  readonly path: readonly string[];
  /** The configuration key that it is to have. */
  readonly key: string;
  /** Undefined where the server does not tell it. */
  readonly value: unknown;
}

export interface ExportedObject {
  readonly handler: AnyHandler;
  /** The keys that lead to it in its section. */
  readonly keys: readonly string[];
  /** The engine's id. */
  readonly id: string;
  /** References by name, defaults left out, secrets as `{ secret: key }`; without what the keys and the section's defaults say. */
  readonly inputs: Declared;
  readonly secrets: readonly ExportedSecret[];
  /** Computed values; secrets included. */
  readonly outputs: Declared;
}

export interface ExportedSection {
  readonly handler: AnyHandler;
  /** In code-point order of their keys. */
  readonly objects: readonly ExportedObject[];
  /** What holds for each object that does not say otherwise. */
  readonly defaults: Declared;
}

/** Something that an export could not tell, and of which objects. */
export interface Note {
  readonly section: string;
  /** `could not be read: …` */
  readonly text: string;
  /** Natural names; empty where it is about the whole kind. */
  readonly names: readonly string[];
}

/** In code-point order, whatever the language of this machine. */
export const byCodePoint = (a: string, b: string): number => {
  const [left, right] = [[...a], [...b]];
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const difference = (left[index]?.codePointAt(0) ?? 0) - (right[index]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
};
