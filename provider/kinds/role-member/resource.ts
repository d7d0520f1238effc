/** The class RoleMember, for programs. What it does is in handler.ts. */
import type * as pulumi from "@pulumi/pulumi";
import { type Args, type CommonArgs, RocketChatResource } from "../base/resource.ts";
import { roleMemberHandler } from "./handler.ts";
import type { RoleMemberInputs } from "./schema.ts";

export interface RoleMemberArgs extends Args<RoleMemberInputs>, CommonArgs<"remove" | "retain"> {}

/**
 * One person with one role: in the whole workspace, or in one room. For programs that do not manage the person as a `User` itself, whose
 * `roles` are all roles there are; do not use both for the same person.
 *
 * The role admin is never taken from the account of the connection itself: give `onDestroy: "retain"` there.
 *
 * Who holds the role already is simply managed from then on. The id is `<role id>/<user id>`, in a room `<role id>/<user id>/<room id>`.
 *
 * @example One more admin
 * ```ts
 * new rocketchat.RoleMember("alice-is-admin", { username: "alice", role: "admin" });
 * ```
 *
 * @example A custom role in one room, for a member of it
 * ```ts
 * const member = new rocketchat.ChannelMember("bob-in-releases", { channel: releases.id, username: "bob" });
 * new rocketchat.RoleMember("bob-releases", {
 *   username: member.username,
 *   role: releaseManager.id,
 *   channel: releases.id,
 * });
 * ```
 *
 * Permissions: `access-permissions`; `assign-admin-role` for the role admin; `view-full-other-user-info` to see roles;
 * `view-other-user-channels` for roles in rooms.
 *
 * When it is removed from the program, the person loses the role. The server keeps the last admin.
 */
export class RoleMember extends RocketChatResource {
  declare readonly username: pulumi.Output<string>;
  declare readonly role: pulumi.Output<string>;
  declare readonly channel: pulumi.Output<string | undefined>;
  /** Id of the role. */
  declare readonly roleId: pulumi.Output<string>;
  /** Id of the person. */
  declare readonly userId: pulumi.Output<string>;
  /** Id of the room, where there is one. */
  declare readonly roomId: pulumi.Output<string | undefined>;

  constructor(name: string, args: RoleMemberArgs, opts?: pulumi.CustomResourceOptions) {
    super(roleMemberHandler, name, args, opts);
  }

  /** By its id `<role id>/<user id>` or `<role id>/<user id>/<room id>`, to read from. It is not managed. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): RoleMember {
    return new RoleMember(name, {} as RoleMemberArgs, { ...opts, id });
  }
}
