/** Rooms, their members, teams, invites. */
import type { Json } from "../../reader.ts";
import type { MadeRoom, Maker } from "./maker.ts";
import { ROOMS, UNICODE_ROOMS } from "./texts.ts";

/** What `rooms.saveRoomSettings` takes. */
const settingsFor = (maker: Maker, isPrivate: boolean, isBroadcast: boolean): Json => ({
  ...(maker.flag() && { roomTopic: maker.text() }),
  ...(maker.flag() && { roomDescription: maker.text() }),
  ...(maker.flag() && { roomAnnouncement: maker.text() }),
  ...(maker.flag() && !isBroadcast && { reactWhenReadOnly: true }),
  ...(maker.flag() && {
    roomCustomFields: { team: maker.text(), size: 3, deep: { list: [1, maker.text(20), null], "a.b": {} } },
  }),
  ...(maker.flag() && { systemMessages: maker.some(["uj", "ul", "ru"], 1, 3) }),
  ...(maker.flag() && !isPrivate && { default: true }),
  ...(maker.chance.is(0.2) && { favorite: { favorite: true, defaultValue: true }, default: true }),
  ...(maker.chance.is(0.2) && { featured: true }),
  ...(maker.chance.is(0.2) && isPrivate && { encrypted: true }),
  ...(maker.chance.is(0.2) && !isPrivate && { joinCode: "Open-sesame-1" }),
  ...(maker.chance.is(0.2) && { retentionEnabled: true, retentionOverrideGlobal: true, retentionMaxAge: 30 }),
});

async function makeRoom(maker: Maker, name: string, body: Json = {}): Promise<MadeRoom> {
  const isPrivate = maker.flag();
  const answer = await maker.post(isPrivate ? "groups.create" : "channels.create", { name, ...body });
  const made = { id: ((answer.group ?? answer.channel) as Json)._id as string, name, isPrivate };
  maker.rooms.push(made);
  maker.count("channels");
  return made;
}

export async function makeRooms(maker: Maker, crowd: readonly string[]): Promise<void> {
  for (const name of [...maker.some(ROOMS, 2, 7), ...maker.some(UNICODE_ROOMS, 1, 2)]) {
    const members = maker.some(maker.people.slice(0, 12), 1, 5);
    const isBroadcast = maker.chance.is(0.2);
    const { id, isPrivate } = await makeRoom(maker, name, {
      members: members.map(({ username }) => username),
      readOnly: maker.flag(),
      ...(isBroadcast && { extraData: { broadcast: true } }),
    });
    const settings = settingsFor(maker, isPrivate, isBroadcast);
    if (Object.keys(settings).length > 0) await maker.post("rooms.saveRoomSettings", { rid: id, ...settings });
    const family = isPrivate ? "groups" : "channels";
    for (const { id: userId } of members) {
      if (maker.flag()) await maker.post(`${family}.addModerator`, { roomId: id, userId });
      if (maker.flag()) await maker.post(`${family}.addOwner`, { roomId: id, userId });
      if (maker.chance.is(0.2)) await maker.post(`${family}.addLeader`, { roomId: id, userId });
    }
  }
  if (crowd.length > 0) await makeRoom(maker, "everybody", { members: crowd });
  const { id, isPrivate } = await makeRoom(maker, "old-stuff");
  await maker.post(`${isPrivate ? "groups" : "channels"}.archive`, { roomId: id });
  maker.rooms.pop();
}

export async function makeTeams(maker: Maker): Promise<void> {
  for (const name of maker.some(["team-a", "Team.B", "on", "größe-team"], 1, 2)) {
    const { team } = await maker.post("teams.create", { name, type: maker.flag() ? 1 : 0 });
    const { _id: teamId, roomId } = team as { _id: string; roomId: string };
    maker.count("teams");
    if (maker.flag())
      await maker.post("rooms.saveRoomSettings", {
        rid: roomId,
        roomTopic: maker.text(),
        roomAnnouncement: maker.text(),
      });
    const members = maker.some(maker.people.slice(0, 8), 1, 3).map(({ id }) => ({
      userId: id,
      roles: maker.flag() ? ["owner", "member"] : ["member"],
    }));
    await maker.post("teams.addMembers", { teamId, members });
    for (const _ of members) maker.count("teamMembers");
    const free = maker.rooms.pop();
    if (free !== undefined && maker.flag()) await maker.post("teams.addRooms", { teamId, rooms: [free.id] });
  }
}

export async function makeInvites(maker: Maker): Promise<void> {
  const limits = { days: maker.one([0, 1, 7, 15, 30]), maxUses: maker.one([0, 1, 5, 10, 25, 50, 100]) };
  for (const rid of maker.some(["GENERAL", ...maker.rooms.map(({ id }) => id)], 1, 2)) {
    await maker.post("findOrCreateInvite", { rid, ...limits });
    maker.count("invites");
  }
}
