/** The class CustomEmoji, for programs. What it does is in handler.ts. */
import type * as pulumi from "@pulumi/pulumi";
import type { FileArgs } from "../base/files/args.ts";
import { type Args, type CommonArgs, RocketChatResource } from "../base/resource.ts";
import { customEmojiHandler } from "./handler.ts";
import type { CustomEmojiInputs } from "./schema.ts";

export interface CustomEmojiArgs
  extends Args<Omit<CustomEmojiInputs, "file">>,
    FileArgs,
    CommonArgs<"delete" | "retain"> {}

/**
 * An emoji of the workspace's own. Its image is looked at in preview: it has to be there, not empty, and of a type that the server takes.
 *
 * @example The smallest one
 * ```ts
 * new rocketchat.CustomEmoji("parrot", { name: "parrot", file: "images/parrot.gif" });
 * ```
 *
 * @example A whole folder of images
 * ```ts
 * for (const image of readdirSync("emoji")) {
 *   const name = path.parse(image).name.toLowerCase();
 *   new rocketchat.CustomEmoji(name, { name, file: path.join("emoji", image) });
 * }
 * new rocketchat.CustomEmoji("logo", {
 *   name: "logo",
 *   aliases: ["company", "brand"],
 *   file: "https://static.example.com/logo.png",
 *   contentHash: "1b4f0e9851971998e732078544c96b36c3d01cedf7caa332359d6f1d83567014",
 * });
 * ```
 *
 * Permissions: `manage-emoji`.
 *
 * A new image, name or alias is an update in place. The server makes images smaller, so they are never compared: when somebody writes the emoji by hand, a
 * refresh shows it at `contentHash`, and the next `up` sends the image again.
 *
 * When it is removed from the program, the emoji is deleted; messages then show its name.
 */
export class CustomEmoji extends RocketChatResource {
  declare readonly name: pulumi.Output<string>;
  declare readonly aliases: pulumi.Output<string[] | undefined>;
  declare readonly file: pulumi.Output<string | pulumi.asset.Asset>;
  declare readonly contentHash: pulumi.Output<string | undefined>;
  /** Changes whenever the emoji is written on the server. */
  declare readonly revision: pulumi.Output<string | undefined>;
  /** Where the server shows the image. */
  declare readonly imageUrl: pulumi.Output<string | undefined>;

  constructor(name: string, args: CustomEmojiArgs, opts?: pulumi.CustomResourceOptions) {
    super(customEmojiHandler, name, args, opts);
  }

  /** An existing emoji by id, to read from. It is not managed. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): CustomEmoji {
    return new CustomEmoji(name, {} as CustomEmojiArgs, { ...opts, id });
  }
}
