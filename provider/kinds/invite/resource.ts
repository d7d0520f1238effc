/** The class Invite, for programs. What it does is in handler.ts. */
import type * as pulumi from "@pulumi/pulumi";
import { type Args, type CommonArgs, RocketChatResource } from "../base/resource.ts";
import { inviteHandler } from "./handler.ts";
import type { InviteInputs } from "./schema.ts";

export interface InviteArgs extends Args<InviteInputs>, CommonArgs<"delete" | "retain"> {}

/**
 * A link by which people join a room. The server keeps one at a time per account, room, days and uses: one that this account made
 * already and that is still valid is taken over. The id is `<room id>/<days>/<uses>`.
 *
 * @example A link that never expires
 * ```ts
 * const invite = new rocketchat.Invite("into-lobby", { channel: lobby.id, days: 0 });
 * export const url = invite.url;
 * ```
 *
 * @example For the first ten people, within a week
 * ```ts
 * new rocketchat.Invite("workshop", { channel: workshop.id, days: 7, maxUses: 10 });
 * ```
 *
 * `url` and `inviteId` let people in and are secret. Once it has expired or is used up, a refresh finds it gone, and the next `up` makes a
 * new link with another address; without a refresh the old one stays in the state.
 *
 * Permissions: `create-invite-links` in the room, and for reading and deleting in the workspace. The account has to be a member of the room.
 *
 * When it is removed from the program, nobody can join by the link any more. Who joined stays.
 */
export class Invite extends RocketChatResource {
  declare readonly channel: pulumi.Output<string>;
  declare readonly days: pulumi.Output<InviteInputs["days"]>;
  declare readonly maxUses: pulumi.Output<InviteInputs["maxUses"]>;
  /** The link to give to people. Secret. */
  declare readonly url: pulumi.Output<string | undefined>;
  /** The server's id of the invite, which is the secret part of the link. Secret. */
  declare readonly inviteId: pulumi.Output<string>;
  /** Id of the room. */
  declare readonly roomId: pulumi.Output<string>;
  /** When the link expires, in ISO 8601; undefined for one that never does. */
  declare readonly expiresAt: pulumi.Output<string | undefined>;

  constructor(name: string, args: InviteArgs, opts?: pulumi.CustomResourceOptions) {
    super(inviteHandler, name, args, opts);
  }

  /** This account's valid invite by its id `<room id>/<days>/<uses>`, to read from; without `url`. It is not managed. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): Invite {
    return new Invite(name, {} as InviteArgs, { ...opts, id });
  }
}
