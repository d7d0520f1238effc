/** What can be said of a user account. Knows no calls. */
import { z } from "zod";
import { field, type KindSchema } from "../../engine/schema.ts";

export const userInputs = z.strictObject({
  /**
   * Log-in name, unique in the workspace regardless of case. What is allowed is the setting UTF8_User_Names_Validation
   * (default: letters, digits, `-`, `_`, `.`). A change renames the account in place: id, messages and memberships stay.
   */
  username: field(z.string().min(1), { settings: ["UTF8_User_Names_Validation"] }),
  /** Display name. */
  name: field(z.string().min(1), {}),
  /** First e-mail address of the account, unique in the workspace regardless of case. A new one counts as unverified unless `verified` is declared. */
  email: field(z.email(), {}),
  /**
   * Log-in password; must satisfy the workspace's password policy. Can't be read back: it is set at creation, on adoption, and
   * when it changes in the program (see `passwordVersion`). Setting it ends the user's log-ins and access tokens.
   * Needs the permission edit-other-user-password to change; without it the server ignores the change silently.
   */
  password: field(z.string().min(1).optional(), { secret: true, writeOnly: true, versionedBy: "passwordVersion" }),
  /**
   * Any text or number. While it is declared, only a change of it sends the password again, so that users may change
   * theirs. Default: every change of `password` in the program is sent.
   */
  passwordVersion: field(z.union([z.string(), z.number()]).optional(), { writeOnly: true }),
  /**
   * The server invents the password and mails it; the user must change it at the first log-in. Takes effect at creation and when
   * it turns true later, never on adoption. Needs working SMTP. Default false.
   */
  setRandomPassword: field(z.boolean().optional(), { writeOnly: true }),
  /**
   * The user must choose a new password at the next log-in. Sent at creation, on adoption and when it changes in the program; that the
   * user has complied since is not a difference. Default false.
   */
  requirePasswordChange: field(z.boolean().optional(), { writeOnly: true }),
  /** Mails a welcome at creation; needs working SMTP. No effect later. Default false. */
  sendWelcomeEmail: field(z.boolean().optional(), { local: true }),
  /** Joins the default channels at creation. No effect later. Default true. */
  joinDefaultChannels: field(z.boolean().optional(), { local: true }),
  /**
   * Ids or names of the global roles, all of them: other roles are taken away. Default: what the server gives new users, usually
   * `["user"]`. A difference needs the permission assign-roles, the role admin also assign-admin-role.
   */
  roles: field(z.array(z.string().min(1)).optional(), { set: true, refers: "Role" }),
  /** False: the account can't log in, and its log-ins and access tokens are ended. Default: not managed, true at creation. */
  active: field(z.boolean().optional(), {}),
  /**
   * The e-mail address counts as verified. True with two-factor log-in on (the default) makes the server ask this user for codes by
   * mail. Can't be set for the account of the connection. Default false.
   */
  verified: field(z.boolean().optional(), {}),
  /** At most 260 characters. "" removes it. */
  bio: field(z.string().max(260).optional(), {}),
  /** At most 120 characters. "" removes it. */
  nickname: field(z.string().max(120).optional(), {}),
  /** Text beside the presence mark. Rocket.Chat does not store it at creation (7.7, 8.6): it is set by a second call. */
  statusText: field(z.string().max(120).optional(), {}),
  /**
   * Values of the workspace's own user fields, which the setting Accounts_CustomFields must define. Only the members declared here are
   * managed.
   */
  customFields: field(z.record(z.string(), z.unknown()).optional(), { settings: ["Accounts_CustomFields"] }),
  /**
   * Client preferences by the API's names, e.g. `{ emailNotificationMode: "nothing" }`. The server has no way to read those of others:
   * sent at creation, on adoption and when they change in the program. Members not declared stay as they are.
   */
  preferences: field(z.record(z.string(), z.unknown()).optional(), { writeOnly: true }),
  /**
   * Address (http or https) that the server itself fetches the picture from; "" goes back to the drawn one. Can't be read back: sent
   * at creation, on adoption and when it changes in the program. Needs the permission edit-other-user-avatar.
   */
  avatarUrl: field(z.union([z.literal(""), z.url({ protocol: /^https?$/ })]).optional(), { writeOnly: true }),
  /**
   * Allows deactivation and deletion of a user who is the last owner of rooms: ownership passes to the oldest other member, private
   * rooms without one are deleted. Default false: the server refuses.
   */
  confirmRelinquish: field(z.boolean().optional(), { local: true }),
});

export type UserInputs = z.infer<typeof userInputs>;

export const userSchema: KindSchema<UserInputs> = {
  inputs: userInputs,
  outputs: {
    /** The server's id of the account; stays on rename. */
    userId: {},
    /** ISO time of creation. */
    createdAt: {},
  },
  destroy: ["deactivate", "delete", "retain"],
  permissions: [
    { anyOf: ["create-user"] },
    { anyOf: ["edit-other-user-info"] },
    { anyOf: ["view-full-other-user-info"] },
    { anyOf: ["edit-other-user-active-status"] },
    { anyOf: ["edit-other-user-password"], inputs: ["password"] },
    { anyOf: ["assign-roles"], inputs: ["roles"] },
  ],
  document: {
    section: "users",
    keys: ["username"],
    builtIn: ["rocket.cat"],
    export: {
      defaults: { active: true },
      common: { roles: ["user"] },
      // The memberships say which rooms somebody is in; joining others as well would not be the same.
      beside: { kind: "ChannelMember", inputs: { joinDefaultChannels: false } },
      details: ["bio", "nickname", "statusText", "customFields"],
      password: { input: "password", random: { setRandomPassword: true }, account: "username" },
    },
  },
};
