/** Carries a changed username or display name into everything that quotes it. Knows no route. */
import { subscriptionsBy } from "../core/lookups.ts";
import type { State, UserDoc, UserRef } from "../core/state.ts";

/** Integrations keep the old name: they post by id. */
export function carryName(state: State, user: UserDoc, before: string): void {
  const correct = (ref: UserRef | undefined): void => {
    if (ref?._id !== user._id) return;
    ref.username = user.username;
    if (ref.name !== undefined) ref.name = user.name;
  };
  for (const room of Object.values(state.rooms)) {
    correct(room.u);
    correct(room.lastMessage?.u);
    if (room.t === "d" && room.usernames)
      room.usernames = room.usernames.map((name) => (name === before ? user.username : name));
  }
  for (const subscription of subscriptionsBy(state, user._id)) correct(subscription.u);
  for (const message of Object.values(state.messages)) correct(message.u);
}
