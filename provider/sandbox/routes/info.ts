/** /api/info, /health and statistics. */
import { failure } from "../core/failure.ts";
import { hasPermission } from "../core/permissions.ts";
import { type Call, may, type Route, reply } from "../core/route.ts";
import type { RoomDoc } from "../core/state.ts";

function info(call: Call) {
  const full = hasPermission(call.state, call.user, "view-statistics");
  return {
    ...(call.is8 && { workspaceUrl: "", hashedWorkspaceUrl: "" }),
    version: full ? call.version : call.version.split(".").slice(0, 2).join("."),
    ...(full && {
      info: { version: call.version, build: { nodeVersion: process.version, platform: process.platform } },
    }),
    minimumClientVersions: { desktop: "3.9.6", mobile: "4.39.0" },
    cloudWorkspaceId: "",
  };
}

function statistics(call: Call) {
  if (!may(call, "view-statistics")) throw failure("error-not-allowed");
  const { state } = call;
  const users = Object.values(state.users);
  const people = users.filter((user) => user.type === "user");
  const rooms = Object.values(state.rooms);
  const ofType = (t: RoomDoc["t"]) => rooms.filter((room) => room.t === t);
  const messages = (t: RoomDoc["t"]) => ofType(t).reduce((sum, room) => sum + room.msgs, 0);
  return {
    uniqueId: state.uniqueID,
    version: call.version,
    totalUsers: users.length,
    activeUsers: people.filter((user) => user.active).length,
    nonActiveUsers: people.filter((user) => !user.active).length,
    onlineUsers: 0,
    awayUsers: 0,
    busyUsers: 0,
    offlineUsers: people.length,
    totalConnectedUsers: 0,
    totalRooms: rooms.length,
    totalChannels: ofType("c").length,
    totalPrivateGroups: ofType("p").length,
    totalDirect: ofType("d").length,
    totalDiscussions: 0,
    totalThreads: 0,
    totalChannelMessages: messages("c"),
    totalPrivateGroupMessages: messages("p"),
    totalDirectMessages: messages("d"),
    totalMessages: rooms.reduce((sum, room) => sum + room.msgs, 0),
    teams: {
      totalTeams: Object.keys(state.teams).length,
      totalRoomsInsideTeams: rooms.filter((room) => room.teamId && !room.teamMain).length,
      totalDefaultRoomsInsideTeams: rooms.filter((room) => room.teamDefault).length,
    },
    createdAt: call.clock.now(),
  };
}

export const infoRoutes: readonly Route[] = [
  { method: "GET", path: "/api/info", auth: "optional", rateLimit: false, handler: info },
  {
    method: "GET",
    path: "/health",
    auth: false,
    rateLimit: false,
    handler: () => reply({ status: 200, text: "ok", contentType: "text/plain; charset=utf-8" }),
  },
  { method: "GET", path: "/api/v1/statistics", handler: statistics },
];
