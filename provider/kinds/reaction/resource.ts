/** The class Reaction, for programs. What it does is in handler.ts. */
import type * as pulumi from "@pulumi/pulumi";
import { type Args, type CommonArgs, RocketChatResource } from "../base/resource.ts";
import { reactionHandler } from "./handler.ts";
import type { ReactionInputs } from "./schema.ts";

export interface ReactionArgs extends Args<ReactionInputs>, CommonArgs<"remove" | "retain"> {}

/**
 * The account of the connection reacts to a message with one emoji: votes that are prepared, marks that a process reads. For a message
 * of the same program, `reactions` of Message is simpler; do not use both for the same message.
 *
 * A reaction that is there already is simply managed from then on. The id is `<message id>/<name of the emoji>`.
 *
 * @example The smallest one
 * ```ts
 * new rocketchat.Reaction("seen", { messageId: rules.id, emoji: ":eyes:" });
 * ```
 *
 * @example A poll on a message of somebody else
 * ```ts
 * for (const emoji of ["thumbsup", "thumbsdown"]) {
 *   new rocketchat.Reaction(`lunch-${emoji}`, { messageId: config.require("lunchMessage"), emoji });
 * }
 * ```
 *
 * Permissions: to see the room; in a read-only room, its setting "allow reacting" or `post-readonly`.
 *
 * When it is removed from the program, the reaction is taken back.
 */
export class Reaction extends RocketChatResource {
  declare readonly messageId: pulumi.Output<string>;
  declare readonly emoji: pulumi.Output<string>;
  /** Username of the account that reacts: the connection's. */
  declare readonly username: pulumi.Output<string>;

  constructor(name: string, args: ReactionArgs, opts?: pulumi.CustomResourceOptions) {
    super(reactionHandler, name, args, opts);
  }

  /** An existing reaction by its id `<message id>/<name of the emoji>`, to read from. It is not managed. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): Reaction {
    return new Reaction(name, {} as ReactionArgs, { ...opts, id });
  }
}
