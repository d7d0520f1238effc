/** The class CustomSound, for programs. What it does is in handler.ts. */
import type * as pulumi from "@pulumi/pulumi";
import type { FileArgs } from "../base/files/args.ts";
import { type Args, type CommonArgs, RocketChatResource } from "../base/resource.ts";
import { customSoundHandler } from "./handler.ts";
import type { CustomSoundInputs } from "./schema.ts";

export interface CustomSoundArgs
  extends Args<Omit<CustomSoundInputs, "file">>,
    FileArgs,
    CommonArgs<"delete" | "retain"> {}

/**
 * A notification sound of the workspace's own. Needs Rocket.Chat 8.5 or newer; older servers are refused by name.
 *
 * @example The smallest one
 * ```ts
 * new rocketchat.CustomSound("gong", { name: "Gong", file: "sounds/gong.mp3" });
 * ```
 *
 * @example A sound from an address, held to its content
 * ```ts
 * new rocketchat.CustomSound("pager", {
 *   name: "Pager",
 *   file: "https://static.example.com/sounds/pager.wav",
 *   contentHash: "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752",
 * });
 * ```
 *
 * Permissions: `manage-sounds`.
 *
 * A new file or name is an update in place. When somebody writes the sound by hand, a refresh shows it at `contentHash`, and the next `up` sends the file again.
 *
 * When it is removed from the program, the sound is deleted; people who had chosen it hear the default one.
 */
export class CustomSound extends RocketChatResource {
  declare readonly name: pulumi.Output<string>;
  declare readonly file: pulumi.Output<string | pulumi.asset.Asset>;
  declare readonly contentHash: pulumi.Output<string | undefined>;
  /** Changes whenever the sound is written on the server. */
  declare readonly revision: pulumi.Output<string | undefined>;

  constructor(name: string, args: CustomSoundArgs, opts?: pulumi.CustomResourceOptions) {
    super(customSoundHandler, name, args, opts);
  }

  /** An existing sound by id, to read from. It is not managed. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): CustomSound {
    return new CustomSound(name, {} as CustomSoundArgs, { ...opts, id });
  }
}
