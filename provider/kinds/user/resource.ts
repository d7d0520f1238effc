/** The class that programs use for user accounts. Knows no behaviour: that runs in the provider process. */
import type * as pulumi from "@pulumi/pulumi";
import { type Args, type CommonArgs, RocketChatResource } from "../base/resource.ts";
import { userHandler } from "./handler.ts";
import type { UserInputs } from "./schema.ts";

export interface UserArgs extends Args<UserInputs>, CommonArgs<"deactivate" | "delete" | "retain"> {}

/**
 * A user account.
 *
 * @example Smallest
 * ```ts
 * new rocketchat.User("alice", {
 *   username: "alice",
 *   name: "Alice Example",
 *   email: "alice@example.com",
 *   password: config.requireSecret("alicePassword"),
 * });
 * ```
 *
 * @example An account for a machine: its own role, no default rooms, a password that changes only when the version does
 * ```ts
 * new rocketchat.User("deploy-bot", {
 *   username: "deploy.bot",
 *   name: "Deploy Bot",
 *   email: "deploy.bot@example.com",
 *   password: config.requireSecret("botPassword"),
 *   passwordVersion: 3,
 *   roles: ["bot"],
 *   joinDefaultChannels: false,
 *   statusText: "Announces releases",
 * });
 * ```
 *
 * Needs the permissions create-user, edit-other-user-info, view-full-other-user-info and edit-other-user-active-status; to change
 * passwords edit-other-user-password; for roles assign-roles (assign-admin-role for admin); to delete delete-user.
 *
 * When it is removed from the program the account is deactivated: it keeps its messages, and adding it again brings it back.
 * `onDestroy: "delete"` deletes it, by default with its messages (setting Message_ErasureType). The account of the connection itself is
 * never deactivated or deleted.
 */
export class User extends RocketChatResource {
  declare readonly username: pulumi.Output<string>;
  declare readonly name: pulumi.Output<string>;
  declare readonly email: pulumi.Output<string>;
  declare readonly password: pulumi.Output<string | undefined>;
  declare readonly passwordVersion: pulumi.Output<string | number | undefined>;
  declare readonly setRandomPassword: pulumi.Output<boolean | undefined>;
  declare readonly requirePasswordChange: pulumi.Output<boolean | undefined>;
  declare readonly sendWelcomeEmail: pulumi.Output<boolean | undefined>;
  declare readonly joinDefaultChannels: pulumi.Output<boolean | undefined>;
  declare readonly roles: pulumi.Output<string[] | undefined>;
  declare readonly active: pulumi.Output<boolean | undefined>;
  declare readonly verified: pulumi.Output<boolean | undefined>;
  declare readonly bio: pulumi.Output<string | undefined>;
  declare readonly nickname: pulumi.Output<string | undefined>;
  declare readonly statusText: pulumi.Output<string | undefined>;
  declare readonly customFields: pulumi.Output<Record<string, unknown> | undefined>;
  declare readonly preferences: pulumi.Output<Record<string, unknown> | undefined>;
  declare readonly avatarUrl: pulumi.Output<string | undefined>;
  declare readonly confirmRelinquish: pulumi.Output<boolean | undefined>;
  /** The server's id of the account; stays on rename. */
  declare readonly userId: pulumi.Output<string>;
  /** ISO time of creation. */
  declare readonly createdAt: pulumi.Output<string>;

  constructor(name: string, args: UserArgs, opts?: pulumi.CustomResourceOptions) {
    super(userHandler, name, args, opts);
  }
}
