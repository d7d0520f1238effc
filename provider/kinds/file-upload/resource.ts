/** The class FileUpload, for programs. What it does is in handler.ts. */
import type * as pulumi from "@pulumi/pulumi";
import type { FileArgs } from "../base/files/args.ts";
import { type Args, type CommonArgs, RocketChatResource } from "../base/resource.ts";
import { fileUploadHandler } from "./handler.ts";
import type { FileUploadInputs } from "./schema.ts";

export interface FileUploadArgs
  extends Args<Omit<FileUploadInputs, "file">>,
    FileArgs,
    CommonArgs<"retain" | "delete"> {}

/**
 * A file in a room, with the message that shows it. Read from disk while it is sent, so its size does not matter to memory.
 *
 * @example The smallest one
 * ```ts
 * new rocketchat.FileUpload("handbook", { channel: general.id, file: "files/handbook.pdf" });
 * ```
 *
 * @example With texts, and gone when it leaves the program
 * ```ts
 * new rocketchat.FileUpload("on-call", {
 *   channel: ops.id,
 *   file: new pulumi.asset.StringAsset(JSON.stringify(rota, null, 2)),
 *   fileName: "on-call.json",
 *   mediaType: "application/json",
 *   text: "Who is on call this month",
 *   description: "Generated from the rota",
 *   onDestroy: "delete",
 * });
 * ```
 *
 * Permissions: to write in the room, as a member of it; `delete-own-message` for `onDestroy: "delete"`.
 *
 * Size and type are compared with the workspace's settings in preview where the file is at hand, and always before a byte of it is sent. Another content,
 * name or description is another upload: the new one is sent first, then the old one goes the way of `onDestroy`. A changed `text` is edited in place.
 *
 * When it is removed from the program, the file stays in the room; `onDestroy: "delete"` deletes it with its message.
 */
export class FileUpload extends RocketChatResource {
  declare readonly channel: pulumi.Output<string>;
  declare readonly file: pulumi.Output<string | pulumi.asset.Asset>;
  declare readonly contentHash: pulumi.Output<string | undefined>;
  declare readonly fileName: pulumi.Output<string | undefined>;
  declare readonly mediaType: pulumi.Output<string | undefined>;
  declare readonly text: pulumi.Output<string | undefined>;
  declare readonly description: pulumi.Output<string | undefined>;
  declare readonly threadMessageId: pulumi.Output<string | undefined>;
  /** Id of the room. */
  declare readonly roomId: pulumi.Output<string>;
  /** Id of the message that shows the file. */
  declare readonly messageId: pulumi.Output<string | undefined>;
  /** In bytes. */
  declare readonly size: pulumi.Output<number | undefined>;
  /** Where the server hands the file out, to people who are logged in. */
  declare readonly fileUrl: pulumi.Output<string | undefined>;

  constructor(name: string, args: FileUploadArgs, opts?: pulumi.CustomResourceOptions) {
    super(fileUploadHandler, name, args, opts);
  }
}
