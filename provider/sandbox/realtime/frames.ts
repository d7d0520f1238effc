/** The notation of the WebSocket protocol (DDP): frames, dates, errors, ids. Knows no session and no workspace. */
import type { MessageDoc, UserDoc } from "../core/state.ts";

export type Frame = Record<string, unknown>;

/** Undefined for a text that is no frame at all. */
export function parseFrame(text: string): Frame | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Frame) : undefined;
  } catch {
    return undefined;
  }
}

/** An error as results and refused subscriptions carry it. */
export const errorOf = (error: string | number, reason?: string, details?: unknown): object => ({
  isClientSafe: true,
  error,
  ...(reason !== undefined && { reason }),
  ...(details !== undefined && { details }),
  message: reason === undefined ? `[${error}]` : `${reason} [${error}]`,
  errorType: "Meteor.Error",
});

const date = (iso: string): object => ({ $date: Date.parse(iso) });

/** `{"$date": …}` as milliseconds; undefined for anything else. */
export function msOf(value: unknown): number | undefined {
  const ms = (value as { $date?: unknown } | undefined)?.$date;
  return typeof ms === "number" ? ms : undefined;
}

/** Ids that look like the database's own are marked, so that clients can tell them from texts. */
export const idOf = (id: string): string => (/^[0-9a-f]{24}$/.test(id) || /^[-~{]/.test(id) ? `-${id}` : id);

/** Members of a message that are moments; what else looks like one is somebody's text. */
const MOMENTS = ["ts", "_updatedAt", "editedAt", "pinnedAt", "tlm"] as const;

export function messageFrame(message: MessageDoc): object {
  const moments = MOMENTS.flatMap((key) => {
    const value = message[key];
    return typeof value === "string" ? [[key, date(value)]] : [];
  });
  return { ...message, ...Object.fromEntries(moments) };
}

/** What a connection is told of its own account. */
export function ownFields(user: UserDoc): object {
  const { _updatedAt, active, avatarOrigin, emails, name, roles, settings, statusDefault, username, utcOffset } = user;
  const enabled = user.services.email2fa?.enabled;
  const services = enabled === undefined ? {} : { email2fa: { enabled } };
  const fields = { active, avatarOrigin, emails, name, roles, services, settings, statusDefault, username, utcOffset };
  return { _updatedAt: date(_updatedAt), ...fields };
}

export const dateOf = (ms: number): object => ({ $date: ms });
