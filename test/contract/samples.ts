/** For every kind: inputs that make one, and what each field's change must mean. The suite fails for a kind without a sample. */
import type { Properties, Workspace } from "./workspace.ts";

export interface Edit {
  readonly field: string;
  readonly to: unknown;
  /** What a change of the field does. Default: update. */
  readonly means?: "update" | "replace" | "nothing";
  /** Calls that change something. Default 1. */
  readonly writes?: number;
  /** Changed together with it, where the field alone would be refused. */
  readonly beside?: Properties;
}

export interface Sample {
  /** Objects that must be there first. */
  prepare?(workspace: Workspace): Promise<Properties>;
  base(prepared: Properties): Properties;
  readonly edits: readonly Edit[];
  /** Fields left out on purpose, each with the reason. */
  readonly unedited: Readonly<Record<string, string>>;
  /** Values that must never be seen. */
  readonly secrets: readonly string[];
  /** The default of `onDestroy` leaves the object there. */
  readonly survives?: boolean;
  /** A second create of the same takes the existing one (edges, settings). */
  readonly shared?: boolean;
}

export const samples: Readonly<Record<string, Sample>> = {
  User: {
    base: () => ({
      username: "alice",
      name: "Alice",
      email: "alice@example.test",
      password: "Contract-Passw0rd",
      verified: true,
      bio: "first",
      statusText: "here",
      roles: ["user"],
    }),
    edits: [
      { field: "username", to: "alice.liddell" },
      { field: "name", to: "Alice Liddell" },
      { field: "email", to: "liddell@example.test" },
      { field: "password", to: "Contract-Passw0rd-2" },
      { field: "passwordVersion", to: 1 },
      { field: "roles", to: ["bot", "user"] },
      { field: "verified", to: false },
      { field: "bio", to: "second" },
      { field: "nickname", to: "Ali" },
      { field: "statusText", to: "away" },
      { field: "active", to: false },
      { field: "requirePasswordChange", to: true },
      { field: "confirmRelinquish", to: true, writes: 0 },
      { field: "sendWelcomeEmail", to: false, writes: 0 },
      { field: "joinDefaultChannels", to: false, writes: 0 },
      { field: "preferences", to: { emailNotificationMode: "nothing" } },
      { field: "adopt", to: true, writes: 0 },
      { field: "onDestroy", to: "delete", writes: 0 },
    ],
    unedited: {
      setRandomPassword: "excludes password, and needs a mail server",
      customFields: "needs the setting Accounts_CustomFields; tested with the kind",
      avatarUrl: "the server fetches the address; tested with the kind",
    },
    secrets: ["Contract-Passw0rd"],
    survives: true,
  },
  Channel: {
    prepare: async (workspace) => ({
      people: [(await workspace.person("bob")).username, (await workspace.person("carol")).username],
    }),
    base: () => ({ name: "reports", topic: "first", private: false }),
    edits: [
      { field: "name", to: "reports-2" },
      { field: "private", to: true },
      { field: "topic", to: "second" },
      { field: "description", to: "what it is" },
      { field: "announcement", to: "hear, hear" },
      { field: "readOnly", to: true },
      { field: "reactWhenReadOnly", to: true },
      { field: "default", to: true },
      { field: "featured", to: true },
      { field: "favorite", to: true, beside: { default: true } },
      { field: "customFields", to: { team: "platform" } },
      { field: "joinCode", to: "Contract-Join-Code" },
      { field: "broadcast", to: true, means: "replace" },
      { field: "systemMessages", to: ["uj", "ul"] },
      { field: "retentionEnabled", to: true, beside: { retentionOverrideGlobal: true } },
      { field: "members", to: ["bob"] },
      { field: "owners", to: ["bob"], writes: 2 },
      { field: "moderators", to: ["bob", "carol"], writes: 3 },
      { field: "leaders", to: ["carol"], writes: 2 },
      { field: "adopt", to: true, writes: 0 },
      { field: "onDestroy", to: "delete", writes: 0 },
    ],
    unedited: {
      encrypted: "refused while end-to-end encryption is off, as by default",
      retentionOverrideGlobal: "goes with retentionEnabled",
      retentionMaxAge: "goes with retentionOverrideGlobal; tested with the kind",
      retentionExcludePinned: "tested with the kind",
      retentionFilesOnly: "tested with the kind",
      retentionIgnoreThreads: "tested with the kind",
      membership: "means something with people only; tested with the kind",
      excludeSelf: "creation only",
      teams: "creation only",
    },
    secrets: ["Contract-Join-Code"],
    survives: true,
  },
  ChannelMember: {
    prepare: async (workspace) => {
      const { username } = await workspace.person("dave");
      const { channel } = await workspace.api("POST", "channels.create", { name: "club" });
      await workspace.person("erin");
      await workspace.api("POST", "channels.create", { name: "club-2" });
      return { username, channel: (channel as unknown as { _id: string })._id };
    },
    base: ({ username, channel }) => ({ username, channel, roles: ["moderator"] }),
    edits: [
      { field: "roles", to: ["leader"], writes: 2 },
      { field: "username", to: "erin", means: "replace" },
      { field: "channel", to: "club-2", means: "replace" },
      { field: "onDestroy", to: "retain", writes: 0 },
      { field: "adopt", to: true, writes: 0 },
    ],
    unedited: {},
    secrets: [],
    shared: true,
  },
  IncomingWebhook: {
    prepare: async (workspace) => {
      await workspace.person("hooker", ["user", "bot"]);
      await workspace.person("hooker2", ["user", "bot"]);
      await workspace.api("POST", "channels.create", { name: "alerts" });
      return {};
    },
    base: () => ({ name: "ci", channel: "#general", username: "hooker", alias: "CI" }),
    edits: [
      { field: "name", to: "ci-2" },
      { field: "channel", to: "#alerts" },
      { field: "username", to: "hooker2" },
      { field: "enabled", to: false },
      { field: "alias", to: "Builds" },
      { field: "avatar", to: "https://example.test/a.png" },
      { field: "emoji", to: ":rocket:" },
      { field: "script", to: "class Script {}", beside: { scriptEnabled: true } },
      { field: "scriptEnabled", to: true },
      { field: "overrideDestinationChannelEnabled", to: true },
      { field: "adopt", to: true, writes: 0 },
      { field: "onDestroy", to: "retain", writes: 0 },
    ],
    unedited: { scriptEngine: "one engine on 7.x and 8.x", skipTranspile: "since 8.4; tested with the kind" },
    secrets: [],
  },
  OutgoingWebhook: {
    prepare: async (workspace) => {
      await workspace.person("caller", ["user", "bot"]);
      return {};
    },
    base: () => ({
      name: "ask",
      event: "sendMessage",
      channel: "#general",
      username: "caller",
      urls: ["https://example.test/hook"],
      triggerWords: ["ask"],
      token: "Contract-Outgoing-Token",
    }),
    edits: [
      { field: "name", to: "ask-2" },
      { field: "event", to: "fileUploaded", beside: { triggerWords: undefined } },
      { field: "channel", to: "all_public_channels" },
      { field: "urls", to: ["https://example.test/other"] },
      { field: "triggerWords", to: ["ask", "tell"] },
      { field: "triggerWordAnywhere", to: true },
      { field: "token", to: "Contract-Outgoing-Token-2" },
      { field: "impersonateUser", to: true },
      { field: "runOnEdits", to: true },
      { field: "retryFailedCalls", to: true },
      { field: "retryCount", to: 2 },
      { field: "retryDelay", to: "powers-of-two" },
      { field: "alias", to: "Asker" },
      { field: "emoji", to: ":wave:" },
      { field: "enabled", to: false },
      { field: "adopt", to: true, writes: 0 },
      { field: "onDestroy", to: "retain", writes: 0 },
    ],
    unedited: {
      username: "tested with the kind",
      avatar: "as alias",
      script: "as with the incoming one",
      scriptEnabled: "as with the incoming one",
      scriptEngine: "one engine on 7.x and 8.x",
      skipTranspile: "since 8.4; tested with the kind",
      targetRoom: "goes with the event userCreated; tested with the kind",
    },
    secrets: ["Contract-Outgoing-Token"],
  },
  PersonalAccessToken: {
    base: () => ({ name: "deploys", triggers: { month: "1" } }),
    edits: [
      { field: "name", to: "deploys-2", means: "replace" },
      { field: "bypassTwoFactor", to: true, means: "replace" },
      { field: "triggers", to: { month: "2" }, means: "replace" },
      { field: "onDestroy", to: "retain", writes: 0 },
      { field: "adopt", to: true, writes: 0 },
    ],
    unedited: { as: "another owner is another token; tested with the kind" },
    secrets: [],
  },
  Setting: {
    base: () => ({ settingId: "Site_Name", value: "Contract" }),
    edits: [
      { field: "value", to: "Contract 2" },
      { field: "settingId", to: "Organization_Name", means: "replace" },
      { field: "secret", to: true, writes: 0 },
      { field: "onDestroy", to: "default", writes: 0 },
      { field: "adopt", to: true, writes: 0 },
    ],
    unedited: { editor: "colours only; tested with the kind" },
    secrets: [],
    survives: true,
    shared: true,
  },
};
