/** The class ChannelMember, for programs. What it does is in handler.ts. */
import type * as pulumi from "@pulumi/pulumi";
import { type Args, type CommonArgs, RocketChatResource } from "../base/resource.ts";
import { channelMemberHandler } from "./handler.ts";
import type { ChannelMemberInputs } from "./schema.ts";

export interface ChannelMemberArgs extends Args<ChannelMemberInputs>, CommonArgs<"remove" | "retain"> {}

/**
 * One person in one room, with roles there. For teams that each bring their own people to a shared room; where one program knows all
 * of them, the lists of Channel are simpler. Do not use both with `membership: "exact"` for the same room.
 *
 * Somebody who is in the room already is simply managed from then on. The id is `<room id>/<user id>`.
 *
 * @example The smallest one
 * ```ts
 * new rocketchat.ChannelMember("bob-in-releases", { channel: releases.id, username: "bob" });
 * ```
 *
 * @example An owner who is not removed with the stack
 * ```ts
 * new rocketchat.ChannelMember("alice-in-releases", {
 *   channel: releases.id,
 *   username: alice.username,
 *   roles: ["owner", "leader"],
 *   onDestroy: "retain",
 * });
 * ```
 *
 * Permissions: `add-user-to-joined-room` in the room, or `add-user-to-any-c-room`; `remove-user`; `set-owner`, `set-moderator` and
 * `set-leader` for roles. In a private room the account has to be a member itself: even an admin has no other way.
 *
 * When it is removed from the program, the person is removed from the room. The server refuses to remove the last owner.
 */
export class ChannelMember extends RocketChatResource {
  declare readonly channel: pulumi.Output<string>;
  declare readonly username: pulumi.Output<string>;
  declare readonly roles: pulumi.Output<("owner" | "moderator" | "leader")[] | undefined>;
  /** Id of the room. */
  declare readonly roomId: pulumi.Output<string>;
  /** Id of the person. */
  declare readonly userId: pulumi.Output<string>;

  constructor(name: string, args: ChannelMemberArgs, opts?: pulumi.CustomResourceOptions) {
    super(channelMemberHandler, name, args, opts);
  }

  /** An existing membership by its id `<room id>/<user id>`, to read from. It is not managed. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): ChannelMember {
    return new ChannelMember(name, {} as ChannelMemberArgs, { ...opts, id });
  }
}
