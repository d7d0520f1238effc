/** A fresh workspace without HTTP, and people to act in it. */
import { Clock } from "../../../provider/sandbox/core/clock.ts";
import { Events } from "../../../provider/sandbox/core/events.ts";
import { Refusal } from "../../../provider/sandbox/core/failure.ts";
import { freshState } from "../../../provider/sandbox/core/fresh.ts";
import { randomId } from "../../../provider/sandbox/core/ids.ts";
import { putUser } from "../../../provider/sandbox/core/lookups.ts";
import type { MessageDoc, RoomDoc, State, UserDoc, Version } from "../../../provider/sandbox/core/state.ts";
import type { Actor } from "../../../provider/sandbox/rooms/actor.ts";

export interface Stage {
  readonly state: State;
  /** The admin of the fresh workspace. */
  readonly admin: Actor;
  /** Adds an account and returns it as somebody who acts. */
  person(username: string, more?: Partial<UserDoc>): Actor;
  /** Writes a setting. */
  set(id: string, value: unknown): void;
  /** System and other messages of a room as "type: text", oldest first. */
  told(room: RoomDoc): string[];
}

export function stage(version: Version = "8.6.1"): Stage {
  const state = freshState(version);
  const clock = new Clock(() => state);
  const as = (user: UserDoc): Actor => ({
    state,
    clock,
    events: new Events(),
    version,
    is8: version === "8.6.1",
    user,
  });
  const admin = Object.values(state.users).find(({ roles }) => roles.includes("admin"));
  if (!admin) throw new Error("a fresh workspace has no admin");
  return {
    state,
    admin: as(admin),
    person(username, more = {}) {
      const now = clock.now();
      const user: UserDoc = {
        _id: randomId(),
        createdAt: now,
        _updatedAt: now,
        username,
        name: username.toUpperCase(),
        type: "user",
        roles: ["user"],
        status: "offline",
        active: true,
        services: { loginTokens: [] },
        ...more,
      };
      putUser(state, user);
      return as(user);
    },
    set: (id, value) => {
      state.settings[id] = { value, _updatedAt: clock.now() };
    },
    told: (room) =>
      Object.values(state.messages)
        .filter(({ rid }: MessageDoc) => rid === room._id)
        .map(({ t, msg }) => `${t ?? "said"}: ${msg}`),
  };
}

/** What `act` was refused with; throws when it was not refused. */
export function refusal(act: () => unknown): { error?: string; errorType?: string | number; details?: unknown } {
  try {
    act();
  } catch (error) {
    if (error instanceof Refusal) return error.reply.json as ReturnType<typeof refusal>;
    throw error;
  }
  throw new Error("it was not refused");
}
