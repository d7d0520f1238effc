/** What a changed program means for an object: nothing, a change in place, or a new object. */
import { inputsOf } from "./check.ts";
import { heldByVersion, isEmpty, sameField } from "./compare.ts";
import type { AnyHandler, Declared } from "./handler.ts";
import { valueAt } from "./issue.ts";
import { rulesOf } from "./schema.ts";

export interface Difference {
  /** Names of the top-level properties that differ. */
  readonly changed: readonly string[];
  /** Those of them that need a new object. */
  readonly replaces: readonly string[];
}

/**
 * `olds`: outputs as in the state (the declared inputs among them). `news`: checked inputs. A property that the program no
 * longer mentions is a difference, so that the state stops managing it, but it never reaches the server.
 */
export function compareInputs(handler: AnyHandler, olds: Declared, news: Declared): Difference {
  const { shape } = inputsOf(handler);
  const changed = Object.keys(shape).filter((key) => {
    const type = shape[key];
    if (rulesOf(type).initial) return false;
    return !sameField(type, olds[key], news[key]) && !heldByVersion(type, olds, news);
  });
  // Declaring what the object has anyway, or ceasing to declare it, is no reason to make a new one.
  const needsNew = (key: string) => (olds[key] === undefined ? !isEmpty(news[key]) : news[key] !== undefined);
  const replaces = changed.filter((key) => {
    const rule = rulesOf(shape[key]).replaces;
    if (typeof rule !== "object") return rule && needsNew(key);
    return rule.some((member) => !sameField(undefined, valueAt(olds, [key, member]), valueAt(news, [key, member])));
  });
  return { changed, replaces };
}

/**
 * Why a replacement can't come about, or undefined. An object that is only put away keeps its name, so the new one would
 * find it and wake it up again, unchanged. `mode`: what will happen to the old object.
 */
export function refuseReplacement(
  handler: AnyHandler,
  olds: Declared,
  news: Declared,
  mode: string,
): string | undefined {
  if (handler.isDormant === undefined || mode === "delete") return undefined;
  const what = handler.describe(olds);
  const [field] = compareInputs(handler, olds, news).replaces;
  if (field === undefined || what !== handler.describe(news)) return undefined;
  return `${field}: can't be changed on ${what}: that needs a new object of the same name, but the old one keeps the name, since \`onDestroy\` is "${mode}". Choose another name, or set \`onDestroy: "delete"\`, run \`up\`, and change it then (what the old object holds is lost).`;
}
