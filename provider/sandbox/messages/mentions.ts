/** Who and which rooms a text mentions. Knows no route. */
import { type Actor, userByName } from "../rooms/actor.ts";
import { roomByName } from "../rooms/family.ts";

const names = (text: string, mark: string): string[] => [
  ...new Set(
    Array.from(text.matchAll(new RegExp(`(?:^|\\s|[(>])${mark}([0-9a-zA-Z-_.]+)`, "g")), (match) => match[1] ?? ""),
  ),
];

/** `@all` and `@here` come first. */
export function mentionedUsers(actor: Actor, text: string): object[] {
  const found = names(text, "@");
  const groups = found
    .filter((name) => name === "all" || name === "here")
    .map((name) => ({ _id: name, username: name }));
  const users = found.flatMap((username) => {
    const user = userByName(actor, username);
    return user ? [{ _id: user._id, name: user.name, username, type: "user" }] : [];
  });
  return [...groups, ...users];
}

export const mentionedRooms = (actor: Actor, text: string): object[] =>
  names(text, "#").flatMap((name) => {
    const room = roomByName(actor, name);
    return room ? [{ _id: room._id, ...(room.fname !== undefined && { fname: room.fname }), name }] : [];
  });
