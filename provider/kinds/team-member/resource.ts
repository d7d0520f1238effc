/** The class TeamMember, for programs. What it does is in handler.ts. */
import type * as pulumi from "@pulumi/pulumi";
import { type Args, type CommonArgs, RocketChatResource } from "../base/resource.ts";
import { teamMemberHandler } from "./handler.ts";
import type { TeamMemberInputs } from "./schema.ts";

export interface TeamMemberArgs extends Args<TeamMemberInputs>, CommonArgs<"remove" | "retain"> {}

/**
 * One person in one team, with roles in the team and its main room. A member joins the rooms that are the team's default by itself.
 *
 * Somebody who is in the team already is simply managed from then on. The id is `<team id>/<user id>`.
 *
 * @example The smallest one
 * ```ts
 * new rocketchat.TeamMember("bob-in-platform", { team: platform.id, username: "bob" });
 * ```
 *
 * @example An owner who is not removed with the stack
 * ```ts
 * new rocketchat.TeamMember("alice-in-platform", {
 *   team: platform.id,
 *   username: alice.username,
 *   roles: ["owner"],
 *   onDestroy: "retain",
 * });
 * ```
 *
 * Permissions: `add-team-member`, `edit-team-member`, `view-all-teams`.
 *
 * When it is removed from the program, the person leaves the team and its main room, and stays in the team's other rooms. The server refuses
 * to remove the last owner, and deactivated people.
 */
export class TeamMember extends RocketChatResource {
  declare readonly team: pulumi.Output<string>;
  declare readonly username: pulumi.Output<string>;
  declare readonly roles: pulumi.Output<("owner" | "moderator" | "leader")[] | undefined>;
  /** Id of the team. */
  declare readonly teamId: pulumi.Output<string>;
  /** Id of the person. */
  declare readonly userId: pulumi.Output<string>;

  constructor(name: string, args: TeamMemberArgs, opts?: pulumi.CustomResourceOptions) {
    super(teamMemberHandler, name, args, opts);
  }

  /** An existing membership by its id `<team id>/<user id>`, to read from. It is not managed. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): TeamMember {
    return new TeamMember(name, {} as TeamMemberArgs, { ...opts, id });
  }
}
