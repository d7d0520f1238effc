/** What two lists, read as sets, have that the other lacks. */
import { type Change, field, listOf } from "../change.ts";

export interface Difference {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

export function differenceOf(change: Change, key: string): Difference {
  const differs = field(change, key);
  const [before, after] = [listOf(differs?.before), listOf(differs?.after)];
  // A list that is taken out of the program is not managed any more: nobody loses anything.
  const gone = differs !== undefined && differs.after === undefined;
  return {
    added: after.filter((item) => !before.includes(item)),
    removed: gone ? [] : before.filter((item) => !after.includes(item)),
  };
}
