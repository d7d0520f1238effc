/** Routes on the members of a room and their roles in it, the same for channels and groups but for their words. */

import { paged, pageOf, sortOf } from "../core/paging.ts";
import type { Call, Route } from "../core/route.ts";
import { text } from "../core/validate.ts";
import { type Family, familyRoom } from "../rooms/family.ts";
import { memberRows, moderatorRefs, roleRows } from "../rooms/member-list.ts";
import { addEverybody, invite, join, kick, leave } from "../rooms/membership.ts";
import { userFrom, usersToInvite } from "../rooms/people.ts";
import { roomView } from "../rooms/present.ts";
import { addRoomRole, ROOM_ROLES, removeRoomRole } from "../rooms/roles.ts";
import { namedRoom } from "./family-lifecycle.ts";

const asText = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

/** What the list of members may be narrowed by. */
export function memberFilter({ query }: Call) {
  const { status } = query;
  return {
    text: asText(query.filter),
    status: Array.isArray(status) ? status.map(String) : status === undefined ? undefined : [String(status)],
  };
}

function members(call: Call, family: Family): object {
  const room = familyRoom(call, family, call.query, { archivedToo: family.t === "c" });
  const rows = memberRows(call, room, memberFilter(call), sortOf(call, { username: 1 }));
  const { rows: page, ...numbers } = paged(rows, pageOf(call));
  return { members: page, ...numbers };
}

function roleRoutes(family: Family): Route[] {
  const base = `/api/v1/${family.prefix}`;
  return ROOM_ROLES.flatMap((role): Route[] => {
    const title = `${role[0]?.toUpperCase()}${role.slice(1)}`;
    const change = (apply: typeof addRoomRole) => (call: Call) => {
      const room = familyRoom(call, family, call.body);
      apply(call, room, userFrom(call, call.body), role);
      return {};
    };
    return [
      { method: "POST", path: `${base}.add${title}`, handler: change(addRoomRole) },
      { method: "POST", path: `${base}.remove${title}`, handler: change(removeRoomRole) },
    ];
  });
}

export function memberRoutes(family: Family): Route[] {
  const base = `/api/v1/${family.prefix}`;
  const shown = (call: Call, room: ReturnType<typeof familyRoom>) =>
    family.t === "c" ? { channel: roomView(call.state.rooms[room._id] ?? room) } : {};
  return [
    { method: "GET", path: `${base}.members`, handler: (call) => members(call, family) },
    {
      method: "GET",
      path: `${base}.roles`,
      handler: (call) => ({ roles: roleRows(call, familyRoom(call, family, call.query)) }),
    },
    {
      method: "GET",
      path: `${base}.moderators`,
      handler: (call) => ({ moderators: moderatorRefs(call, familyRoom(call, family, call.query)) }),
    },
    {
      method: "POST",
      path: `${base}.invite`,
      handler: (call) => {
        const room = familyRoom(call, family, call.body, { asOutsider: true });
        invite(call, room, usersToInvite(call, family, call.body));
        return { [family.key]: roomView(room) };
      },
    },
    {
      method: "POST",
      path: `${base}.kick`,
      legacy: true,
      ...(family.t === "c" && { body: namedRoom({ userId: text }, ["userId"]) }),
      handler: (call) => {
        const room = familyRoom(call, family, call.body);
        kick(call, room, userFrom(call, call.body));
        return shown(call, room);
      },
    },
    {
      method: "POST",
      path: `${base}.leave`,
      handler: (call) => {
        const room = familyRoom(call, family, call.body);
        leave(call, room);
        return shown(call, room);
      },
    },
    {
      method: "POST",
      path: `${base}.addAll`,
      handler: (call) => {
        const room = familyRoom(call, family, call.body);
        addEverybody(call, room);
        return { [family.key]: roomView(room) };
      },
    },
    ...roleRoutes(family),
  ];
}

/** Only channels can be joined. */
export const joinRoute = (family: Family): Route => ({
  method: "POST",
  path: `/api/v1/${family.prefix}.join`,
  handler: (call) => {
    const room = familyRoom(call, family, call.body);
    join(call, room, call.body.joinCode);
    return { [family.key]: roomView(room) };
  },
});
