/** Room documents as the answers show them. Knows no route. */
import type { RoomDoc } from "../core/state.ts";

/** As members see it: all but what the server never gives away. */
export function roomView(room: RoomDoc): Record<string, unknown> {
  const { joinCode: _, ...visible } = room;
  return visible;
}

const ADMIN_FIELDS = [
  "_id",
  "prid",
  "fname",
  "name",
  "t",
  "u",
  "usernames",
  "usersCount",
  "muted",
  "ro",
  "reactWhenReadOnly",
  "default",
  "favorite",
  "featured",
  "topic",
  "msgs",
  "archived",
  "teamId",
  "teamMain",
  "announcement",
  "description",
  "broadcast",
  "uids",
  "avatarETag",
  "federated",
  "ts",
] as const;

/** As the administration of rooms sees it. */
export function adminView(room: RoomDoc): Record<string, unknown> {
  const document = room as unknown as Record<string, unknown>;
  return Object.fromEntries(
    ADMIN_FIELDS.filter((key) => document[key] !== undefined).map((key) => [key, document[key]]),
  );
}
