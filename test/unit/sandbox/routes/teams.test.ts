import { expect, it } from "vitest";
import { type Credentials, type Talk, talk } from "../talk.ts";

async function withTeam(): Promise<{ server: Talk; admin: Credentials; teamId: string; bob: string }> {
  const server = await talk();
  const admin = await server.login();
  const bob = await server.createUser(admin, "bob");
  const { json } = await server.call("POST teams.create", { name: "crew", type: 1 }, admin);
  return { server, admin, teamId: (json.team as { _id: string })._id, bob };
}

it("puts new members into the rooms that are the team's default", async () => {
  const { server, admin, teamId, bob } = await withTeam();
  const made = await server.call("POST groups.create", { name: "deck" }, admin);
  const roomId = (made.json.group as { _id: string })._id;
  await server.call("POST teams.addRooms", { teamId, rooms: [roomId] }, admin);
  await server.call("POST teams.updateRoom", { roomId, isDefault: true }, admin);
  await server.call("POST teams.addMembers", { teamId, members: [{ userId: bob, roles: ["owner"] }] }, admin);
  const inRoom = await server.call(`GET rooms.isMember?roomId=${roomId}&userId=${bob}`, undefined, admin);
  expect(inRoom.json.isMember).toBe(true);
  const { json } = await server.call(`GET teams.members?teamId=${teamId}`, undefined, admin);
  expect(json.members).toMatchObject([
    { user: { username: "admin" } },
    { user: { username: "bob" }, roles: ["owner"] },
  ]);
});

it("forgets the membership of a deleted account", async () => {
  const { server, admin, teamId, bob } = await withTeam();
  await server.call("POST teams.addMembers", { teamId, members: [{ userId: bob }] }, admin);
  await server.call("POST users.delete", { userId: bob, confirmRelinquish: true }, admin);
  const { json } = await server.call("GET teams.list", undefined, admin);
  expect(json.teams).toMatchObject([{ name: "crew", numberOfUsers: 1 }]);
});

it("keeps its last owner, and takes its main room along when it ends", async () => {
  const { server, admin, teamId } = await withTeam();
  const remove = await server.call("POST teams.removeMember", { teamId, userId: admin.userId }, admin);
  expect(remove.json.error).toBe("last-owner-can-not-be-removed");
  expect((await server.call("POST teams.delete", { teamId }, admin)).status).toBe(200);
  const room = await server.call("GET rooms.nameExists?roomName=crew", undefined, admin);
  expect(room.json.exists).toBe(false);
});
