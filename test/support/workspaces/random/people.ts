/** People with awkward names and everything that is told of them. */
import type { Json } from "../../reader.ts";
import type { Maker, Person } from "./maker.ts";
import { DISPLAY_NAMES, UNICODE_USERNAMES, USERNAMES } from "./texts.ts";

/** The bot that webhooks post as. */
export const BOT = "hook.bot";

async function makePerson(maker: Maker, username: string, extra: Json = {}): Promise<Person> {
  const { user } = await maker.post("users.create", {
    username,
    name: username,
    email: `${encodeURIComponent(username).replaceAll(/%|\.\.+|^[.]/g, "u")}@example.test`,
    password: "Passw0rd!x",
    joinDefaultChannels: maker.flag(),
    ...extra,
  });
  const made = { id: (user as Json)._id as string, username };
  maker.people.push(made);
  maker.count("users");
  return made;
}

export async function makePeople(maker: Maker): Promise<void> {
  for (const username of [...maker.some(USERNAMES, 4, 12), ...maker.some(UNICODE_USERNAMES, 1, 2)]) {
    const about = {
      ...(maker.flag() && { bio: maker.text(200) }),
      ...(maker.flag() && { nickname: maker.text(60) }),
    };
    const roles = [
      "user",
      ...(maker.flag() ? maker.some([...maker.roles, "bot", "livechat-agent", "admin"], 1, 2) : []),
    ];
    const { id } = await makePerson(maker, username, {
      ...about,
      name: maker.one(DISPLAY_NAMES),
      verified: maker.flag(),
      ...(maker.flag() && { customFields: { [maker.one(["team", "secret", "env"])]: maker.text() } }),
      ...(maker.flag() && { customFields: { team: maker.text(), secret: maker.text() } }),
      // The order says nothing.
      roles: maker.chance.shuffled(roles),
    });
    // Biography and nickname go when they are not sent again.
    if (maker.flag()) await maker.post("users.update", { userId: id, data: { statusText: maker.text(100), ...about } });
  }
  await makePerson(maker, BOT, { roles: ["bot"] });
  const asleep = await makePerson(maker, "asleep");
  await maker.post("users.setActiveStatus", { userId: asleep.id, activeStatus: false });
  maker.people.pop();
}

/** As many accounts as a big room has members. */
export async function makeCrowd(maker: Maker, size: number): Promise<string[]> {
  const crowd: string[] = [];
  const few = maker.people.length;
  for (let index = 0; index < size; index++) crowd.push((await makePerson(maker, `m${index}`)).username);
  // Drawn from by nobody else.
  maker.people.length = few;
  return crowd;
}
