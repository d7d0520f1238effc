/**
 * Decides about an object that a create finds in its place. A run that was killed after the server had made an object
 * leaves it unrecorded; the next run must neither fail nor make a second one.
 */
import { inputsOf } from "./check.ts";
import { isEmpty, sameField } from "./compare.ts";
import type { AnyHandler, Context, Declared } from "./handler.ts";
import { rulesOf } from "./schema.ts";

/** Older than this, an object is nobody's unfinished work. */
const MAX_AGE_MS = 24 * 60 * 60 * 1000;

/**
 * True when `live` can only be this program's own, unrecorded work: made by this account as far as the server tells, less
 * than a day ago, untouched since, and every readable property either as declared or not set yet.
 */
export async function isUnrecordedWork(
  ctx: Context,
  handler: AnyHandler,
  live: unknown,
  inputs: Declared,
): Promise<boolean> {
  const origin = handler.origin?.(live);
  if (origin?.createdAt === undefined || origin.untouched === false) return false;
  if (Math.abs(Date.now() - origin.createdAt.getTime()) > MAX_AGE_MS) return false;
  const self = await ctx.client.self();
  if (origin.createdBy !== undefined && origin.createdBy !== self.userId) return false;
  const { shape } = inputsOf(handler);
  const mapped = handler.map(live, ctx, inputs);
  return Object.entries(inputs).every(([key, declared]) => {
    const type = shape[key];
    const { writeOnly, local, initial, set } = rulesOf(type);
    if (writeOnly || local || initial || !(key in mapped.inputs)) return true;
    const value = mapped.inputs[key];
    if (isEmpty(value) || sameField(type, declared, value)) return true;
    // A set on its way: only what was declared, and the account itself (a room's maker is its member and owner).
    return set === true && Array.isArray(value) && Array.isArray(declared)
      ? value.every((entry) => declared.includes(entry) || entry === self.username)
      : false;
  });
}
