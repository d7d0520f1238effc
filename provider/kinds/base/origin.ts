/** What the server tells of when and by whom an object was made. Imports no Pulumi; knows no kind. */
import type { Origin } from "../../engine/handler.ts";

/** Creation and last change count as one within this time: servers stamp them one after the other, and ids hold whole seconds. */
const SAME_MOMENT_MS = 2_000;

interface Stamped {
  readonly _createdAt?: string | null | undefined;
  readonly _updatedAt?: string | null | undefined;
  readonly _createdBy?: { readonly _id: string } | null | undefined;
}

const dateOf = (text: string | null | undefined): Date | undefined => (text ? new Date(text) : undefined);

/** Ids of 24 hex digits begin with the second in which the database made them. */
const bornWith = (id: string): Date | undefined =>
  /^[0-9a-f]{24}$/.test(id) ? new Date(Number.parseInt(id.slice(0, 8), 16) * 1_000) : undefined;

/** `id`: for objects that the server keeps without a date of creation. */
export function originOf(live: Stamped, id = ""): Origin {
  const createdAt = dateOf(live._createdAt) ?? bornWith(id);
  const updatedAt = dateOf(live._updatedAt);
  return {
    createdBy: live._createdBy?._id,
    createdAt,
    untouched:
      createdAt && updatedAt ? Math.abs(updatedAt.getTime() - createdAt.getTime()) <= SAME_MOMENT_MS : undefined,
  };
}
