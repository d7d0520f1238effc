/** The class Channel, for programs. What it does is in handler.ts. */
import type * as pulumi from "@pulumi/pulumi";
import { type Args, type CommonArgs, RocketChatResource } from "../base/resource.ts";
import { channelHandler } from "./handler.ts";
import type { ChannelInputs } from "./schema.ts";

export interface ChannelArgs extends Args<ChannelInputs>, CommonArgs<"archive" | "delete" | "retain"> {}

/**
 * A room: a public channel, or a private group with `private: true`. Name and type change in place; the room keeps its id and messages.
 *
 * Creating one whose name an archived room has brings that room back. A living room of that name is taken over with
 * `adopt: true` only.
 *
 * @example The smallest one
 * ```ts
 * new rocketchat.Channel("general-announcements", { name: "announcements" });
 * ```
 *
 * @example A read-only channel with its people
 * ```ts
 * const releases = new rocketchat.Channel("releases", {
 *   name: "releases",
 *   topic: "What went out, and when",
 *   readOnly: true,
 *   reactWhenReadOnly: true,
 *   membership: "exact",
 *   owners: ["alice"],
 *   members: ["bob", "carol"],
 * });
 * ```
 *
 * Permissions: `create-c` or `create-p`, and in the room `edit-room`; `view-room-administration` for private rooms that the account is
 * no member of, for `default` and `featured`; `archive-room`, `unarchive-room` and `delete-c` or `delete-p` for the end. An admin has all of them.
 *
 * When it is removed from the program, the room is archived: messages and members stay, nobody can write. `onDestroy: "delete"`
 * deletes it with all messages, `"retain"` leaves it as it is.
 */
export class Channel extends RocketChatResource {
  declare readonly name: pulumi.Output<string>;
  declare readonly private: pulumi.Output<boolean | undefined>;
  declare readonly topic: pulumi.Output<string | undefined>;
  declare readonly description: pulumi.Output<string | undefined>;
  declare readonly announcement: pulumi.Output<string | undefined>;
  declare readonly readOnly: pulumi.Output<boolean | undefined>;
  declare readonly reactWhenReadOnly: pulumi.Output<boolean | undefined>;
  declare readonly default: pulumi.Output<boolean | undefined>;
  declare readonly featured: pulumi.Output<boolean | undefined>;
  declare readonly favorite: pulumi.Output<boolean | undefined>;
  declare readonly customFields: pulumi.Output<Record<string, unknown> | undefined>;
  declare readonly joinCode: pulumi.Output<string | undefined>;
  declare readonly encrypted: pulumi.Output<boolean | undefined>;
  declare readonly broadcast: pulumi.Output<boolean | undefined>;
  declare readonly systemMessages: pulumi.Output<string[] | undefined>;
  declare readonly retentionEnabled: pulumi.Output<boolean | undefined>;
  declare readonly retentionOverrideGlobal: pulumi.Output<boolean | undefined>;
  declare readonly retentionMaxAge: pulumi.Output<number | undefined>;
  declare readonly retentionExcludePinned: pulumi.Output<boolean | undefined>;
  declare readonly retentionFilesOnly: pulumi.Output<boolean | undefined>;
  declare readonly retentionIgnoreThreads: pulumi.Output<boolean | undefined>;
  declare readonly membership: pulumi.Output<"include" | "exact" | undefined>;
  declare readonly members: pulumi.Output<string[] | undefined>;
  declare readonly owners: pulumi.Output<string[] | undefined>;
  declare readonly moderators: pulumi.Output<string[] | undefined>;
  declare readonly leaders: pulumi.Output<string[] | undefined>;
  declare readonly excludeSelf: pulumi.Output<boolean | undefined>;
  declare readonly teams: pulumi.Output<string[] | undefined>;
  /** Username of the account that made the room. */
  declare readonly creator: pulumi.Output<string>;
  /** When the room was made, in ISO 8601. */
  declare readonly createdAt: pulumi.Output<string>;

  constructor(name: string, args: ChannelArgs, opts?: pulumi.CustomResourceOptions) {
    super(channelHandler, name, args, opts);
  }

  /** An existing room by id, to read from. It is not managed. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): Channel {
    return new Channel(name, {} as ChannelArgs, { ...opts, id });
  }
}
