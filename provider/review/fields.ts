/** Which arguments differ between two sets of inputs. Lists that are sets differ by what is in them alone. */
import { isDeepStrictEqual } from "node:util";
import { rulesOf } from "../engine/schema.ts";
import { handlers } from "../kinds/handlers.ts";
import type { FieldChange, Values } from "./change.ts";
import { holdsMask } from "./mask.ts";

/**
 * `told`: arguments that the engine says differ though the inputs don't: secrets, whose values are not here, and what was
 * changed on the server, which `found` has.
 */
export function fieldsOf(
  kind: string,
  before: Values | undefined,
  after: Values | undefined,
  { told = [], found = {} }: { readonly told?: readonly string[]; readonly found?: Values } = {},
): FieldChange[] {
  const shape = handlers.get(kind)?.schema.inputs.shape ?? {};
  const keys = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].sort();
  return keys.flatMap((key) => {
    const [one, other] = [before?.[key], after?.[key]];
    const isSet = rulesOf(shape[key]).set === true;
    const isSame = isDeepStrictEqual(isSet ? ordered(one) : one, isSet ? ordered(other) : other);
    if (isSame && !told.includes(key)) return [];
    const was = isSame && !holdsMask(other) ? found[key] : one;
    return [{ key, ...(was !== undefined && { before: was }), ...(other !== undefined && { after: other }) }];
  });
}

const ordered = (value: unknown): unknown => (Array.isArray(value) ? [...value].sort() : value);
