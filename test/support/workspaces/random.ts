/** Fills a server with a random workspace through its own API: every kind, awkward names, a big room. A seed repeats it. */
import { openAsBlob } from "node:fs";
import path from "node:path";
import { Chance } from "../random/chance.ts";
import type { Json, Reader } from "../reader.ts";

/** Texts that a document, a shell or a sort could stumble over. */
const TEXTS = [
  "plain",
  'It\'s: a "quote" # not a comment',
  "- dash\n- list\n",
  "ünïcödé Ω 漢字 😀 e\u0301",
  "  blanks around  ",
  "{ secret: key }",
  "yes",
  "0x1F",
  "2024-01-01",
  "*alias &anchor !tag |",
  "tab\there",
  "trailing colon:",
  "line\n\n\nlines\nend",
  "%percent @at `tick`",
];

const files = path.join(import.meta.dirname, "../../fixtures/files");
export const IMAGE = path.join(files, "dot.png");
export const SOUND = path.join(files, "tick.wav");

const USERNAMES = [
  "yes",
  "null",
  "123",
  "1e3",
  "a.b",
  "a-b",
  "A_B",
  "on",
  "~x".slice(1),
  "zoë".replace("ë", "e"),
  "user.name",
  "constructor",
];
const NAMES = ["Zoë Ω 漢字 😀", "null", "O’Neil", "- dash", "# hash", "a: b", "123", "  blanks  inside  x", "yes"];
const ROOMS = ["no", "007", "true", "toString", "x.y", "Ops", "ops-2", "release_1.0", "_under", "Zebra"];
const UNICODE_ROOMS = ["größe", "Ωmega", "漢字"];

export interface RandomWorkspace {
  /** How many objects of each sort were made. */
  readonly made: Readonly<Record<string, number>>;
}

export async function fill(reader: Reader, seed: number, { bigRoom = 0, isNew = true } = {}): Promise<RandomWorkspace> {
  const chance = new Chance(seed);
  const post = (path: string, body: Json): Promise<Json> => reader.post(path, body);
  const made: Record<string, number> = {};
  const count = (what: string) => {
    made[what] = (made[what] ?? 0) + 1;
  };
  const text = () => chance.of(TEXTS) ?? "";
  const some = <T>(items: readonly T[], most: number): T[] => chance.shuffled(items).slice(0, chance.below(most + 1));
  const flag = () => chance.is(0.4);

  const setting = async (id: string, value: Json[string]) => {
    await post(`settings/${id}`, { value });
    count("settings");
  };
  await setting(
    "Accounts_CustomFields",
    JSON.stringify({ team: { type: "text", public: true }, secret: { type: "text", public: true } }),
  );
  await setting("UTF8_Channel_Names_Validation", "[0-9a-zA-Z-_.a-zA-ZäöüßΩω漢字]+");
  await setting("Message_CustomFields_Enabled", true);
  await setting("Message_CustomFields", JSON.stringify({ type: "object", properties: { source: { type: "string" } } }));
  if (flag()) await setting("Site_Name", text());
  if (flag()) await setting("SMTP_Password", "Post-office-1840");
  if (flag()) await setting("Accounts_Password_Policy_MinLength", 7);
  if (flag()) await setting("Message_MaxAllowedSize", 4_000 + chance.below(1_000));
  if (flag()) await setting("Layout_Sidenav_Footer", text());

  const roles: string[] = [];
  for (const name of some(["dj", "night watch", "Größen"], 3)) {
    const { role } = await post("roles.create", { name, description: text(), scope: "Users", mandatory2fa: false });
    roles.push((role as Json)._id as string);
    count("roles");
  }

  const people: { _id: string; username: string }[] = [];
  const person = async (username: string, extra: Json = {}) => {
    const body = {
      username,
      name: username,
      email: `${username}@example.test`,
      password: "Passw0rd!x",
      joinDefaultChannels: flag(),
    };
    const { user } = await post("users.create", { ...body, ...extra });
    people.push(user as unknown as { _id: string; username: string });
    count("users");
    return user as Json;
  };
  for (const username of some(USERNAMES, 8)) {
    const user = await person(username, {
      name: chance.of(NAMES) ?? username,
      verified: flag(),
      ...(flag() && { bio: text().slice(0, 200) }),
      ...(flag() && { nickname: text().slice(0, 60) }),
      ...(flag() && { customFields: chance.is(0.5) ? { team: text() } : { secret: text() } }),
      roles: chance.is(0.6) ? ["user"] : ["user", ...some([...roles, "bot", "livechat-agent", "admin"], 2)],
    });
    if (flag())
      await post("users.update", { userId: user._id as string, data: { statusText: "around", ...kept(user) } });
  }
  const bot = await person("hook.bot", { roles: ["bot"] });
  for (let index = 0; index < bigRoom; index++) await person(`m${index}`);

  const rooms: { _id: string; name: string; isPrivate: boolean }[] = [];
  for (const name of [...some(ROOMS, 6), ...some(UNICODE_ROOMS, 2)]) {
    const isPrivate = flag();
    const family = isPrivate ? "groups" : "channels";
    const members = some(people.slice(0, 12), 5).map(({ username }) => username);
    const answer = await post(`${family}.create`, { name, members, readOnly: flag() });
    const room = (answer.group ?? answer.channel) as Json;
    const rid = room._id as string;
    rooms.push({ _id: rid, name, isPrivate });
    count("channels");
    const settings: Json = {
      ...(flag() && { roomTopic: text() }),
      ...(flag() && { roomDescription: text() }),
      ...(flag() && { roomAnnouncement: text() }),
      ...(flag() && { reactWhenReadOnly: true }),
      ...(flag() && { roomCustomFields: { team: text(), size: 3 } }),
      ...(flag() && { systemMessages: ["uj", "ul"] }),
    };
    if (Object.keys(settings).length > 0) await post("rooms.saveRoomSettings", { rid, ...settings });
    for (const username of members) {
      const userId = people.find((one) => one.username === username)?._id ?? "";
      if (flag()) await post(`${family}.addModerator`, { roomId: rid, userId });
      if (flag()) await post(`${family}.addOwner`, { roomId: rid, userId });
      if (chance.is(0.2)) await post(`${family}.addLeader`, { roomId: rid, userId });
    }
  }
  if (bigRoom > 0) {
    const members = people.filter(({ username }) => /^m\d/.test(username)).map(({ username }) => username);
    await post("channels.create", { name: "everybody", members });
    count("channels");
  }
  const archived = await post("channels.create", { name: "old-stuff" });
  await post("channels.archive", { roomId: (archived.channel as Json)._id as string });

  for (const name of some(["team-a", "Team.B"], 2)) {
    const { team } = await post("teams.create", { name, type: flag() ? 1 : 0 });
    const teamId = (team as Json)._id as string;
    count("teams");
    const members = some(people.slice(0, 8), 3).map(({ _id }) => ({
      userId: _id,
      roles: flag() ? ["owner", "member"] : ["member"],
    }));
    if (members.length > 0) await post("teams.addMembers", { teamId, members });
    const free = rooms.pop();
    if (free !== undefined && flag()) await post("teams.addRooms", { teamId, rooms: [free._id] });
  }

  const open = rooms.filter(({ isPrivate }) => !isPrivate);
  const target = () => `#${chance.of(open)?.name ?? "general"}`;
  for (const name of [...some(["ci", "ci", "ci-2", "ünï: hook"], 4)]) {
    const script = flag() ? { script: "class Script {\n  process_incoming_request() {\n    return {};\n  }\n}\n" } : {};
    await post("integrations.create", {
      type: "webhook-incoming",
      name,
      enabled: chance.is(0.8),
      username: bot.username as string,
      channel: target(),
      scriptEnabled: flag(),
      ...(flag() && { alias: text() }),
      ...(flag() && { emoji: ":ghost:" }),
      ...script,
    });
    count("incomingWebhooks");
  }
  for (const name of some(["out", "out", "deploy"], 3)) {
    await post("integrations.create", {
      type: "webhook-outgoing",
      name,
      event: "sendMessage",
      enabled: true,
      username: bot.username as string,
      urls: [`https://hooks.example.test/${made.outgoingWebhooks ?? 0}`],
      channel: target(),
      scriptEnabled: false,
      ...(flag() && { triggerWords: ["deploy", "build"] }),
      ...(flag() && { targetRoom: target() }),
      token: `Outgoing-token-${made.outgoingWebhooks ?? 0}-1234567890`,
    });
    count("outgoingWebhooks");
  }

  for (const name of some(["portal", "Großes Portal"], 2)) {
    await post("oauth-apps.create", {
      name,
      active: chance.is(0.7),
      redirectUri: "https://a.example.test/cb,https://b.example.test/cb",
    });
    count("oauthApps");
  }
  for (const name of some(["lunch: back soon", "Zug 😀", "null"], 3)) {
    await post("custom-user-status.create", { name, statusType: chance.of(["online", "away", "busy"]) ?? "busy" });
    count("customUserStatuses");
  }
  for (const name of some(["parrot", "no", "on_call"], 2)) {
    const form = new FormData();
    form.append("emoji", await openAsBlob(IMAGE, { type: "image/png" }), `${name}.png`);
    form.append("name", name);
    form.append("aliases", flag() ? `${name}-alias` : "");
    await reader.form("emoji-custom.create", form);
    count("customEmojis");
  }
  if (isNew) {
    for (const name of some(["ding", "Größer: dong"], 2)) {
      const form = new FormData();
      form.append("sound", await openAsBlob(SOUND, { type: "audio/wav" }), "sound.wav");
      form.append("name", name);
      await reader.form("custom-sounds.create", form);
      count("customSounds");
    }
  }
  const permissions = some(["create-c", "mention-all", "add-user-to-joined-room", "pin-message"], 3);
  for (const _id of permissions) {
    await post("permissions.update", {
      permissions: [{ _id, roles: ["admin", ...some(["user", "bot", "owner"], 2)] }],
    });
    count("permissions");
  }
  if (flag()) {
    await post("findOrCreateInvite", { rid: "GENERAL", days: 7, maxUses: 10 });
    count("invites");
  }
  if (flag()) {
    await post("settings.addCustomOAuth", { name: "idp" });
    await post("settings/Accounts_OAuth_Custom-Idp", { value: true });
    await post("settings/Accounts_OAuth_Custom-Idp-url", { value: "https://id.example.test" });
    await post("settings/Accounts_OAuth_Custom-Idp-secret", { value: "Client-secret-1865" });
    count("customOAuthServices");
  }
  for (const room of some(rooms, 2)) {
    const { message } = await post("chat.sendMessage", { message: { rid: room._id, msg: text().trim() || "x" } });
    count("messages");
    if (flag())
      await post("chat.react", { messageId: (message as Json)._id as string, emoji: ":tada:", shouldReact: true });
    if (flag()) await post("chat.pinMessage", { messageId: (message as Json)._id as string });
  }
  return { made };
}

/** What `users.update` erases unless it is sent again. */
const kept = (user: Json): Json => ({
  ...(user.bio !== undefined && { bio: user.bio }),
  ...(user.nickname !== undefined && { nickname: user.nickname }),
});
