/** The methods that can be called over the WebSocket. Knows no socket and no session. */
import { failure, Refusal } from "../core/failure.ts";
import { hashToken } from "../core/ids.ts";
import type { UserDoc } from "../core/state.ts";
import { demandMayPost, joinByPosting, storeMessage } from "../messages/post.ts";
import type { Actor } from "../rooms/actor.ts";
import { logIn, UNAUTHORIZED } from "../users/login.ts";
import { dateOf, errorOf, messageFrame, msOf } from "./frames.ts";

/** Where a method is called, before it is known by whom. */
export type Place = Omit<Actor, "user">;

export type Outcome<T> = { result: T } | { error: object };

/** Logins live so long, in ms. */
const LOGIN_LIFE = 90 * 24 * 3600 * 1000;

export interface LoggedIn {
  user: UserDoc;
  hashedToken: string;
  /** What the client is told. */
  told: object;
}

export function login({ state, clock }: Place, params: readonly unknown[]): Outcome<LoggedIn> {
  try {
    const given = params[0];
    const { user, token, resumed } = logIn(state, clock, typeof given === "object" && given !== null ? given : {});
    const hashedToken = hashToken(token);
    const known = user.services.loginTokens.find((one) => one.hashedToken === hashedToken);
    const expires = Date.parse(known?.when ?? known?.createdAt ?? clock.now()) + LOGIN_LIFE;
    const type = resumed ? "resume" : "password";
    return { result: { user, hashedToken, told: { id: user._id, token, tokenExpires: dateOf(expires), type } } };
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    const { error, message, details } = refusal.reply.json as { error: string; message: string; details?: object };
    return { error: error === UNAUTHORIZED ? errorOf(401, "User not found") : errorOf(error, message, details) };
  }
}

/** How far a message's own time may be off, and from where on it is replaced, in ms. */
const MOST_OFF = 60_000;

/** As the server does: whatever goes wrong but a missing right gives a result that says nothing. */
export function sendMessage(actor: Actor, params: readonly unknown[]): Outcome<object | undefined> {
  const given = (params[0] ?? {}) as Record<string, unknown>;
  try {
    return { result: messageFrame(store(actor, given)) };
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    const { error } = refusal.reply.json as { error?: string };
    if (error === "error-not-allowed") return { error: errorOf(error, undefined, { method: "sendMessage" }) };
    return { result: undefined };
  }
}

function store(actor: Actor, given: Record<string, unknown>) {
  const { _id, rid, msg, tmid, ts, ...more } = given;
  const room = actor.state.rooms[String(rid)];
  if (!room) throw failure("error-invalid-room");
  const ms = msOf(ts);
  if (ts !== undefined && (ms === undefined || Math.abs(ms - actor.clock.ms()) > MOST_OFF))
    throw failure("error-message-ts-out-of-sync");
  const own = typeof _id === "string" ? _id : undefined;
  if (own !== undefined && actor.state.messages[own]) throw failure("duplicate");
  joinByPosting(actor, room);
  demandMayPost(actor, room);
  return storeMessage(actor, room, { _id: own, msg: String(msg ?? ""), tmid: tmid ? String(tmid) : undefined, more });
}
