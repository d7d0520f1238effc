/** A workspace of thirty resources for runs that are killed, and the list of what must be on the server in the end. */
import { type Declarations, declare, expression } from "./programs.ts";
import type { Reader } from "./reader.ts";

const people = Array.from({ length: 8 }, (_, index) => `person${index}`);
const rooms = Array.from({ length: 8 }, (_, index) => `room${index}`);

/** Thirty resources of all kinds; some need several calls. */
export const THIRTY: Declarations = {
  ...Object.fromEntries(
    people.map((name, index) => [
      name,
      declare("User", {
        username: name,
        name: `Person ${index}`,
        email: `${name}@example.com`,
        password: "Same-For-All-1",
        ...(index % 2 === 0 && { statusText: "At work" }),
      }),
    ]),
  ),
  ...Object.fromEntries(
    rooms.map((name, index) => [
      name,
      declare("Channel", {
        name,
        topic: `Topic ${index}`,
        private: index % 4 === 0,
        ...(index % 4 === 1 && { members: [expression("person0.username"), expression("person1.username")] }),
      }),
    ]),
  ),
  ...Object.fromEntries(
    [0, 1, 2, 3].map((index) => [
      `seat${index}`,
      declare("ChannelMember", {
        channel: expression(`room${index}.id`),
        username: expression(`person${index + 2}.username`),
      }),
    ]),
  ),
  ...Object.fromEntries(
    [0, 1, 2].map((index) => [
      `incoming${index}`,
      declare("IncomingWebhook", { name: `Incoming ${index}`, channel: "#general", username: "rocket.cat" }),
    ]),
  ),
  ...Object.fromEntries(
    [0, 1, 2].map((index) => [
      `outgoing${index}`,
      declare("OutgoingWebhook", {
        name: `Outgoing ${index}`,
        event: "sendMessage",
        channel: "#general",
        urls: [`https://hooks.example.com/${index}`],
        username: "rocket.cat",
      }),
    ]),
  ),
  token0: declare("PersonalAccessToken", { name: "token-0" }),
  token1: declare("PersonalAccessToken", { name: "token-1" }),
  setting0: declare("Setting", { settingId: "Site_Name", value: "Thirty" }),
  setting1: declare("Setting", { settingId: "Message_MaxAllowedSize", value: 4321 }),
};

/** Everything that the program made, by name, as the server has it. */
export async function inventory(reader: Reader): Promise<string[]> {
  const [users, channels, hooks, tokens] = await Promise.all([
    reader.users(),
    reader.rooms(),
    reader.integrations(),
    reader.tokens(),
  ]);
  const owned = [
    ...users.filter(({ username }) => username.startsWith("person")).map(({ username }) => `user ${username}`),
    ...channels.filter(({ name }) => name.startsWith("room")).map(({ name, topic }) => `room ${name}: ${topic}`),
    ...hooks.map(({ name }) => `hook ${name}`),
    ...tokens.map((name) => `token ${name}`),
    ...(await Promise.all(
      [0, 1, 2, 3].map(async (index) => `members of room${index}: ${await reader.members(`room${index}`)}`),
    )),
    ...(await Promise.all(
      [0, 2, 4, 6].map(async (index) => `status ${(await reader.user(`person${index}`)).statusText}`),
    )),
    `site ${await reader.setting("Site_Name")}`,
    `size ${await reader.setting("Message_MaxAllowedSize")}`,
  ];
  return owned.sort();
}

/** What `inventory` must give when all of it is there, once. */
export const THERE = [
  ...people.map((name) => `user ${name}`),
  ...rooms.map((name, index) => `room ${name}: Topic ${index}`),
  ...[0, 1, 2].flatMap((index) => [`hook Incoming ${index}`, `hook Outgoing ${index}`]),
  "token token-0",
  "token token-1",
  "members of room0: admin,person2",
  "members of room1: admin,person0,person1,person3",
  "members of room2: admin,person4",
  "members of room3: admin,person5",
  ...[0, 2, 4, 6].map(() => "status At work"),
  "site Thirty",
  "size 4321",
].sort();
