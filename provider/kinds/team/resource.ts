/** The class Team, for programs. What it does is in handler.ts. */
import type * as pulumi from "@pulumi/pulumi";
import { type Args, type CommonArgs, RocketChatResource } from "../base/resource.ts";
import { teamHandler } from "./handler.ts";
import type { TeamInputs } from "./schema.ts";

export interface TeamArgs extends Args<TeamInputs>, CommonArgs<"delete" | "retain"> {}

/**
 * A team with its main room, and the further rooms that belong to it. Its people are declared with `TeamMember`. The id is the team's id on
 * the server; `roomId` is its main room. Other settings of the main room: a `Channel` with `adopt: true` and `onDestroy: "retain"`.
 *
 * @example The smallest one
 * ```ts
 * new rocketchat.Team("platform", { name: "platform" });
 * ```
 *
 * @example A private team with a room of its own
 * ```ts
 * const incidents = new rocketchat.Channel("incidents", { name: "incidents", private: true });
 * new rocketchat.Team("on-call", {
 *   name: "on-call",
 *   private: true,
 *   topic: "Who to wake up",
 *   rooms: [incidents.id],
 * });
 * ```
 *
 * Permissions: `create-team`, `edit-team`, `edit-room`, `view-all-teams`; `move-room-to-team`, `remove-team-channel` and
 * `view-all-team-channels` for `rooms`; `delete-team`.
 *
 * When it is removed from the program the team is deleted, and its main room with all messages in it, for the server keeps neither without the
 * other. Its further rooms stay, as rooms of the workspace. `onDestroy: "retain"` leaves everything.
 */
export class Team extends RocketChatResource {
  declare readonly name: pulumi.Output<string>;
  declare readonly private: pulumi.Output<boolean | undefined>;
  declare readonly topic: pulumi.Output<string | undefined>;
  declare readonly description: pulumi.Output<string | undefined>;
  declare readonly announcement: pulumi.Output<string | undefined>;
  declare readonly owner: pulumi.Output<string | undefined>;
  declare readonly rooms: pulumi.Output<string[] | undefined>;
  declare readonly membership: pulumi.Output<"include" | "exact" | undefined>;
  /** Id of the main room. */
  declare readonly roomId: pulumi.Output<string>;
  /** Username of the account that made the team. */
  declare readonly creator: pulumi.Output<string>;
  /** When the team was made, in ISO 8601. */
  declare readonly createdAt: pulumi.Output<string>;

  constructor(name: string, args: TeamArgs, opts?: pulumi.CustomResourceOptions) {
    super(teamHandler, name, args, opts);
  }

  /** An existing team by id, to read from. It is not managed. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): Team {
    return new Team(name, {} as TeamArgs, { ...opts, id });
  }
}
