/** What somebody does by hand to the world of `world.ts`: for every kind another value of each argument that a server shows. */
import path from "node:path";
import type { State } from "../../../provider/sandbox/core/state.ts";

const FILES = path.join(import.meta.dirname, "../../fixtures/files");
const OTHER_IMAGE = path.join(FILES, "dot.gif");
const OTHER_SOUND = path.join(FILES, "tick.mp3");

type Values = Readonly<Record<string, unknown>>;

/** A file shows by its hash: that the server's copy was replaced. */
export const SHOWS_AS: Readonly<Record<string, string>> = { file: "contentHash" };

/** By kind and entry. Done as the server's own calls allow, one argument at a time. */
export const BY_HAND: Readonly<Record<string, Readonly<Record<string, Values>>>> = {
  Setting: { Site_Name: { value: "It's: #1" }, SMTP_Password: { value: "Somebody-Elses-1" } },
  Role: { supporter: { name: "helper", description: "", mandatory2fa: true } },
  User: {
    alice: {
      name: "Mallory {x}",
      email: "mallory@example.test",
      verified: false,
      roles: ["user", "livechat-agent"],
      bio: "Another\n\nbio",
      nickname: "Mal: 1",
      statusText: "",
      customFields: { team: "two" },
    },
    dave: { username: "david" },
    carol: { active: true },
  },
  Channel: {
    reports: {
      name: "reports-2",
      private: true,
      topic: "second",
      description: "",
      announcement: "it's mine",
      readOnly: true,
      reactWhenReadOnly: true,
      featured: true,
      customFields: { team: "two", more: [1] },
      systemMessages: ["ul", "au"],
      members: ["alice", "bob"],
      owners: ["alice"],
      moderators: ["alice"],
      leaders: [],
    },
    retained: {
      retentionMaxAge: 60,
      retentionExcludePinned: true,
      retentionFilesOnly: true,
      retentionIgnoreThreads: true,
      retentionEnabled: false,
    },
    vault: { encrypted: true },
    welcome: { favorite: true },
    garden: { default: true, retentionOverrideGlobal: true },
  },
  ChannelMember: { "deck/alice": { roles: ["leader"] } },
  Team: {
    crew: {
      name: "crew-2",
      private: true,
      topic: "Who rows",
      description: "",
      announcement: "Hear: hear",
      rooms: [],
    },
  },
  TeamMember: { "crew/alice": { roles: [] } },
  Permission: { "mention-all": { roles: ["admin", "user"] }, "mention-here": { roles: [] } },
  IncomingWebhook: {
    ci: {
      name: "ci-2",
      channel: ["#radio"],
      username: "erin",
      enabled: false,
      alias: "Builds",
      avatar: "https://example.test/c.png",
      emoji: ":rocket:",
      overrideDestinationChannelEnabled: true,
      script: "class Script {\n  other() {}\n}\n",
      scriptEnabled: false,
      skipTranspile: true,
    },
  },
  OutgoingWebhook: {
    ask: {
      name: "ask-2",
      channel: ["#radio"],
      username: "erin",
      urls: ["https://example.test/other", "https://example.test/hook"],
      enabled: false,
      triggerWords: [],
      triggerWordAnywhere: true,
      runOnEdits: true,
      token: "Somebody-Elses-2",
      impersonateUser: true,
      alias: "Oracle",
      avatar: "https://example.test/d.png",
      emoji: ":zap:",
      retryFailedCalls: false,
      retryCount: 5,
      retryDelay: "powers-of-two",
      script: "class Script { }",
      scriptEnabled: true,
      skipTranspile: true,
    },
    joins: { targetRoom: "#radio" },
    leaves: { event: "roomLeft" },
  },
  OAuthApp: {
    Wiki: {
      name: "Wiki 2",
      active: false,
      redirectUri: ["https://wiki.example.test/callback", "https://wiki-2.example.test/cb"],
    },
  },
  CustomOAuthService: {
    portal: { enabled: true },
    idp: {
      url: "https://id-2.example.test",
      clientId: "chat",
      clientSecret: "Somebody-Elses-3",
      tokenSentVia: "header",
      identityTokenSentVia: "payload",
      loginStyle: "redirect",
      keyField: "email",
      tokenPath: "/other/token",
      identityPath: "/other/me",
      authorizePath: "/other/authorize",
      scope: "openid email",
      accessTokenParam: "other",
      usernameField: "other",
      emailField: "other",
      nameField: "other",
      avatarField: "other",
      rolesClaim: "other",
      groupsClaim: "other",
      rolesToSync: "other",
      channelsAdmin: "other",
      buttonLabelText: "Come in",
      buttonLabelColor: "#000000",
      buttonColor: "#ffffff",
      mergeUsers: true,
      mergeUsersDistinctServices: true,
      mergeRoles: true,
      mapChannels: true,
      showButton: false,
      groupsChannelMap: { staff: "general", ops: ["radio", "deck"] },
    },
  },
  CustomUserStatus: { "At lunch": { name: "On a walk", statusType: "busy" } },
  CustomEmoji: { dot: { name: "dots", aliases: ["period"], file: OTHER_IMAGE } },
  CustomSound: { Tick: { name: "Tock", file: OTHER_SOUND } },
  Message: {
    rules: { text: "Be very kind", customFields: { source: "hand" }, pinned: false, reactions: [":tada:", ":+1:"] },
  },
  FileUpload: { picture: { text: "A point" } },
};

/** What no call of the server changes, in its store: who restores a backup, or an app, may. Gives what differs then. */
export const IN_STORE: Readonly<
  Record<string, Readonly<Record<string, (state: State, id: string) => Readonly<Values>>>>
> = {
  Role: { supporter: ({ roles }, id) => put(roles[id], { scope: "Subscriptions" }) },
  Channel: { radio: ({ rooms }, id) => put(rooms[id], { broadcast: false }) },
  PersonalAccessToken: {
    deploys({ users }, id) {
      const [userId = ""] = id.split("/");
      const token = users[userId]?.services.loginTokens.find(({ type }) => type === "personalAccessToken");
      return put(token, { bypassTwoFactor: true });
    },
  },
  Message: {
    rules: ({ messages }, id) =>
      put(messages[id], { alias: "Mallory", avatar: "https://example.test/m.png", attachments: [{ text: "Other" }] }),
    ghost: ({ messages }, id) => put(messages[id], { emoji: ":zap:" }),
  },
  Invite: { guests: ({ invites }, id) => put(inviteOf(invites, id), { days: 30, maxUses: 25 }) },
  FileUpload: {
    picture: ({ uploads }, id) =>
      put(uploads[id], { fileName: "other.png", description: "Large" }, { name: "other.png" }),
  },
};

/** `as`: how the store holds what shows otherwise. */
function put(document: object | undefined, values: Values, as: Values = values): Values {
  if (document === undefined) throw new Error("The store holds no such object.");
  Object.assign(document, values, as);
  return values;
}

const inviteOf = (invites: State["invites"], id: string) =>
  Object.values(invites).find(({ rid, days, maxUses }) => [rid, days, maxUses].join("/") === id);

const IDENTITY = "it says which object is meant: another one on the server is another object";
const MEANING = "it says how a list is meant, which is nothing on a server";
const ONE_ENGINE = "servers from 7.0 have one engine";

/**
 * Arguments that no change by hand shows in, each with the reason. Beside them: those that only steer the provider, and those that a server
 * never tells.
 */
export const NOT_SHOWN: Readonly<Record<string, string>> = {
  "Setting settingId": IDENTITY,
  "Channel membership": MEANING,
  "ChannelMember channel": IDENTITY,
  "ChannelMember username": IDENTITY,
  "Team membership": MEANING,
  "TeamMember team": IDENTITY,
  "TeamMember username": IDENTITY,
  "RoleMember username": IDENTITY,
  "RoleMember role": IDENTITY,
  "RoleMember channel": IDENTITY,
  "Permission permissionId": IDENTITY,
  "Permission membership": MEANING,
  "IncomingWebhook scriptEngine": ONE_ENGINE,
  "OutgoingWebhook scriptEngine": ONE_ENGINE,
  "PersonalAccessToken name": IDENTITY,
  "CustomOAuthService name": IDENTITY,
  "Message channel": IDENTITY,
  "Message messageId": IDENTITY,
  "Message threadMessageId": "a message stays in its thread",
  "Reaction messageId": IDENTITY,
  "Reaction emoji": IDENTITY,
  "Invite channel": IDENTITY,
  "FileUpload channel": IDENTITY,
  "FileUpload file": "a file's content does not change on a server",
  "FileUpload contentHash": "a file's content does not change on a server",
  "FileUpload threadMessageId": "a message stays in its thread",
};
