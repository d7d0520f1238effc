/** `im.*`: direct rooms. */
import { failure, meteorError } from "../core/failure.ts";
import { subscriptionOf } from "../core/lookups.ts";
import { paged, pageOf, sorted, sortOf } from "../core/paging.ts";
import type { Call, Route } from "../core/route.ts";
import { userByName } from "../rooms/actor.ts";
import { directRoom } from "../rooms/direct.ts";
import { roomView } from "../rooms/present.ts";

/** The caller is always in. 8.x skips unknown names. */
function create(call: Call): object {
  const { username, usernames } = call.body;
  const names = typeof usernames === "string" ? usernames.split(",") : typeof username === "string" ? [username] : [];
  if (names.length === 0) throw failure('Body param "username" or "usernames" is required');
  const others = names.map((name) => userByName(call, name.trim())).filter((user) => user !== undefined);
  if (!call.is8 && others.length < names.length) {
    throw meteorError("error-invalid-user", "Invalid user", { method: "createDirectMessage" });
  }
  const room = directRoom(call, [call.user, ...others]);
  return { room: { t: "d", rid: room._id, usernames: room.usernames, _id: room._id } };
}

function list(call: Call): object {
  const mine = Object.values(call.state.rooms).filter(
    (room) => room.t === "d" && subscriptionOf(call.state, call.user._id, room._id),
  );
  const { rows, ...numbers } = paged(sorted(mine, sortOf(call, { name: 1 })), pageOf(call));
  return { ims: rows.map(roomView), ...numbers };
}

export const directRoutes: readonly Route[] = [
  { method: "POST", path: "/api/v1/im.create", handler: create },
  { method: "POST", path: "/api/v1/dm.create", handler: create },
  { method: "GET", path: "/api/v1/im.list", handler: list },
  { method: "GET", path: "/api/v1/dm.list", handler: list },
];
