/** How a report speaks: of what a run would do, or of what somebody has done. Words alone. */
import type { ChangeOp } from "./change.ts";

export interface Words {
  readonly title: string;
  /** "2 to make, 1 to change". */
  readonly counts: Readonly<Partial<Record<ChangeOp, string>>>;
  /** In place of counts. */
  readonly none: string;
  /** The same where there are errors. */
  readonly unread: string;
  /** What an object does that differs. */
  readonly changes: string;
  /** In the place of a value that is not there afterwards. */
  readonly absent: string;
  /** A secret that is not there afterwards. */
  readonly gone: string;
}

export const REVIEW: Words = {
  title: "Review",
  counts: { create: "to make", update: "to change", replace: "to make anew", delete: "to take away" },
  none: "nothing to change",
  unread: "nothing to change",
  changes: "changes",
  absent: "not managed",
  gone: "not managed any more",
};

/** Nobody makes what a stack manages. */
export const DRIFT: Words = {
  title: "Drift",
  counts: { update: "changed", delete: "gone" },
  none: "nothing was changed by hand",
  unread: "not everything could be read",
  changes: "was changed",
  absent: "nothing",
  gone: "taken away",
};
