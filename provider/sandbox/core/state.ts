/**
 * The whole workspace as one plain JSON document: what is kept in the sandbox's file. Dates are ISO strings.
 * Knows nothing of HTTP, routes or rules.
 */

export const VERSIONS = ["8.6.1", "7.7.1"] as const;
/** The server releases that the sandbox can be. */
export type Version = (typeof VERSIONS)[number];

export interface UserRef {
  _id: string;
  username: string;
  name?: string | undefined;
}

/** A login token or a personal access token. Only its hash is kept. */
export interface LoginToken {
  hashedToken: string;
  /** When a login made it; personal access tokens have `createdAt` instead. */
  when?: string | undefined;
  type?: "personalAccessToken" | undefined;
  createdAt?: string | undefined;
  lastTokenPart?: string | undefined;
  name?: string | undefined;
  bypassTwoFactor?: boolean | undefined;
  /** Until when a passed second factor is remembered, in ms, and for which client. */
  twoFactorUntil?: number | undefined;
  twoFactorClient?: string | undefined;
}

export interface UserDoc {
  _id: string;
  createdAt: string;
  _updatedAt: string;
  username: string;
  name?: string | undefined;
  emails?: { address: string; verified: boolean }[] | undefined;
  type: "user" | "bot";
  roles: string[];
  status: string;
  active: boolean;
  bio?: string | undefined;
  nickname?: string | undefined;
  statusText?: string | undefined;
  statusDefault?: string | undefined;
  utcOffset?: number | undefined;
  avatarOrigin?: string | undefined;
  avatarETag?: string | undefined;
  reason?: string | undefined;
  language?: string | undefined;
  lastLogin?: string | undefined;
  requirePasswordChange?: boolean | undefined;
  requirePasswordChangeReason?: string | undefined;
  inactiveReason?: string | undefined;
  customFields?: Record<string, unknown> | undefined;
  freeSwitchExtension?: string | undefined;
  settings?: { profile?: object; preferences?: Record<string, unknown> } | undefined;
  __rooms?: string[] | undefined;
  services: {
    password?: { hash: string; salt: string } | undefined;
    email2fa?: { enabled: boolean; changedAt: string } | undefined;
    /** The code of the last e-mail is never shown anywhere, so that none can be right. */
    emailCode?: { expire: string } | undefined;
    loginTokens: LoginToken[];
  };
}

export interface RoomDoc {
  _id: string;
  t: "c" | "p" | "d";
  name?: string | undefined;
  fname?: string | undefined;
  ts: string;
  _updatedAt: string;
  msgs: number;
  usersCount: number;
  u?: UserRef | undefined;
  ro?: boolean | undefined;
  default?: boolean | undefined;
  sysMes?: boolean | string[] | undefined;
  usernames?: string[] | undefined;
  uids?: string[] | undefined;
  topic?: string | undefined;
  description?: string | undefined;
  announcement?: string | undefined;
  announcementDetails?: unknown;
  customFields?: Record<string, unknown> | undefined;
  archived?: boolean | undefined;
  broadcast?: boolean | undefined;
  encrypted?: boolean | undefined;
  reactWhenReadOnly?: boolean | undefined;
  joinCode?: string | undefined;
  joinCodeRequired?: boolean | undefined;
  featured?: boolean | undefined;
  favorite?: boolean | undefined;
  teamId?: string | undefined;
  teamMain?: boolean | undefined;
  teamDefault?: boolean | undefined;
  lm?: string | undefined;
  lastMessage?: MessageDoc | undefined;
  retention?: Record<string, unknown> | undefined;
  rolePrioritiesCreated?: number | undefined;
}

export interface SubscriptionDoc {
  _id: string;
  rid: string;
  u: UserRef;
  name: string;
  fname?: string | undefined;
  t: RoomDoc["t"];
  ts: string;
  _updatedAt: string;
  open?: boolean | undefined;
  archived?: boolean | undefined;
  roles?: string[] | undefined;
}

export interface MessageDoc {
  _id: string;
  rid: string;
  msg: string;
  ts: string;
  u: UserRef;
  _updatedAt?: string | undefined;
  /** The type of a system message: uj, ul, au, ru … */
  t?: string | undefined;
  [member: string]: unknown;
}

export interface IntegrationDoc {
  _id: string;
  type: "webhook-incoming" | "webhook-outgoing";
  name: string;
  enabled: boolean;
  username: string;
  userId: string;
  channel: string[];
  token?: string | null | undefined;
  _createdAt: string;
  _createdBy: UserRef;
  _updatedAt?: string | undefined;
  [member: string]: unknown;
}

/** An application that signs its users in with this server. */
export interface OAuthAppDoc {
  _id: string;
  name: string;
  active: boolean;
  redirectUri: string;
  clientId: string;
  clientSecret: string;
  _createdAt: string;
  _updatedAt: string;
  _createdBy: UserRef;
  _updatedBy?: UserRef | undefined;
}

export interface TeamDoc {
  _id: string;
  name: string;
  /** 0 public, 1 private. */
  type: 0 | 1;
  /** The main room. */
  roomId: string;
  createdAt: string;
  createdBy: UserRef;
  _updatedAt: string;
}

export interface TeamMemberDoc {
  _id: string;
  teamId: string;
  userId: string;
  roles?: string[] | undefined;
  createdAt: string;
  createdBy: UserRef;
}

/** A file that was sent; its content is not kept. */
export interface UploadDoc {
  _id: string;
  name: string;
  size: number;
  type: string;
  rid: string;
  userId: string;
  uploadedAt: string;
  _updatedAt: string;
  etag: string;
  token: string;
  description?: string | undefined;
  /** The message that shows it, once it is confirmed. */
  messageId?: string | undefined;
}

export interface UserStatusDoc {
  _id: string;
  name: string;
  statusType: string;
  _updatedAt: string;
}

export interface InviteDoc {
  _id: string;
  rid: string;
  userId: string;
  days: number;
  maxUses: number;
  uses: number;
  createdAt: string;
  expires: string | null;
  _updatedAt: string;
}

export interface EmojiDoc {
  _id: string;
  name: string;
  aliases: string[];
  extension: string;
  etag: string;
  _updatedAt: string;
}

export interface SoundDoc {
  _id: string;
  name: string;
  extension: string;
  _updatedAt: string;
}

/** A deleted emoji, as lists of changes tell of it. */
export interface DeletedEmojiDoc extends EmojiDoc {
  _deletedAt: string;
  __collection__: "custom_emoji";
}

/** What was changed of one setting, or a setting that the catalogue doesn't know (custom OAuth). */
export interface SettingDoc {
  value: unknown;
  editor?: string | undefined;
  _updatedAt: string;
  /** Present for settings that were added at run time. */
  added?: { packageValue: unknown; public: boolean; type: string; section?: string } | undefined;
}

/** A custom role, or a built-in one that was changed. */
export interface RoleDoc {
  _id: string;
  name: string;
  scope: "Users" | "Subscriptions";
  description: string;
  protected: boolean;
  mandatory2fa: boolean;
  _updatedAt: string;
}

export interface PermissionDoc {
  roles: string[];
  _updatedAt: string;
}

/** One workspace. Collections are keyed by `_id`; their order is the order of insertion. */
export interface State {
  format: 1;
  version: Version;
  uniqueID: string;
  /** When the workspace was made: what the seeded documents carry. */
  createdAt: string;
  /** How far the clock was moved forward, in ms. */
  clockOffset: number;
  users: Record<string, UserDoc>;
  rooms: Record<string, RoomDoc>;
  subscriptions: Record<string, SubscriptionDoc>;
  messages: Record<string, MessageDoc>;
  integrations: Record<string, IntegrationDoc>;
  teams: Record<string, TeamDoc>;
  teamMembers: Record<string, TeamMemberDoc>;
  uploads: Record<string, UploadDoc>;
  oauthApps: Record<string, OAuthAppDoc>;
  userStatuses: Record<string, UserStatusDoc>;
  invites: Record<string, InviteDoc>;
  emojis: Record<string, EmojiDoc>;
  deletedEmojis: Record<string, DeletedEmojiDoc>;
  sounds: Record<string, SoundDoc>;
  /** Differences from the catalogue only. */
  settings: Record<string, SettingDoc>;
  /** Differences from the catalogue only. */
  permissions: Record<string, PermissionDoc>;
  /** Differences from the catalogue only. */
  roles: Record<string, RoleDoc>;
  /** A licence that allows custom roles. */
  licensed?: boolean | undefined;
}
