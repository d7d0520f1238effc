/** What can be said of a file in a room. Knows no calls. */
import { z } from "zod";
import { field, type KindSchema } from "../../engine/schema.ts";
import { contentHashField, fileField } from "../base/files/input.ts";

export const fileUploadInputs = z.strictObject({
  /** Id or name of the room, public or private; a "#" in front is dropped. Prefer the id (`channel.id`): it outlives a renaming. A change sends the file anew. */
  channel: field(z.string().min(1), { replaces: true, refers: "Channel" }),
  /**
   * The file: a path (relative to the program's folder), an http(s) address, or a Pulumi asset. A path or asset is looked at in preview: it must be there,
   * not empty, and within the workspace's limits of size and type. An address needs `contentHash`, and is fetched when the file is sent.
   */
  file: fileField(),
  /**
   * SHA-256 of the file in lower-case hex. A change sends the file anew. Default: worked out from a path or asset. Required for an address: without
   * it nobody could tell whether what lies there is still the same file.
   */
  contentHash: contentHashField({ replaces: true }),
  /** The name that people see. Default: the last part of the path or address; required for a text asset. A change sends the file anew. */
  fileName: field(z.string().trim().min(1).optional(), { replaces: true }),
  /** Media type, as "text/csv". Default: told by the content, else "text/plain" or "application/octet-stream". A change sends the file anew. */
  mediaType: field(
    z
      .string()
      .regex(/^[\w.+-]+\/[\w.+-]+$/, 'must be a media type, as "text/csv"')
      .optional(),
    { replaces: true, writeOnly: true },
  ),
  /** Text of the message that shows the file. Edited in place. Default "". */
  text: z.string().optional(),
  /** Text below the file. A change sends the file anew. Default "". */
  description: field(z.string().optional(), { replaces: true }),
  /** Id of the message in whose thread the file is shown. A change sends the file anew. Default: in the room itself. */
  threadMessageId: field(z.string().min(1).optional(), { replaces: true }),
});

export type FileUploadInputs = z.infer<typeof fileUploadInputs>;

export const fileUploadSchema: KindSchema<FileUploadInputs> = {
  inputs: fileUploadInputs,
  outputs: {
    /** Id of the room. */
    roomId: {},
    /** Id of the message that shows the file. */
    messageId: {},
    /** In bytes. */
    size: {},
    /** Where the server hands the file out, to people who are logged in. */
    fileUrl: {},
  },
  destroy: ["retain", "delete"],
  document: {
    section: "fileUploads",
    keys: [],
    export: { never: "files are conversation, and the server hands them out to people who are logged in only" },
  },
};
