/** What can be said of a custom emoji. Knows no calls. */
import { z } from "zod";
import { field, type KindSchema } from "../../engine/schema.ts";
import { contentHashField, fileField } from "../base/files/input.ts";

/** What the server would change without a word is refused: it lower-cases and turns everything else into single underscores (6.x-8.x). */
const word = z
  .string()
  .regex(
    /^[a-z0-9]+([_-][a-z0-9]+)*$/,
    'must consist of lower-case letters and digits, with single "_" or "-" between them and no colons',
  );

export const customEmojiInputs = z.strictObject({
  /** What people type between colons: "party_parrot" for `:party_parrot:`. Lower-case letters and digits, with single "_" or "-" between them. Unique, also among aliases. */
  name: word,
  /** Other names for the same image, under the same rules. Default: none. */
  aliases: field(z.array(word).optional(), { set: true }),
  /**
   * The image: a path (relative to the program's folder), an http(s) address, or a Pulumi asset. PNG, GIF, JPEG or WebP by its content,
   * at most 5 MB. A change is an update in place. An address is fetched when the emoji is made, and when the address or `contentHash` changes.
   */
  file: fileField(),
  /**
   * SHA-256 of the image in lower-case hex; a change sends the image. Default: worked out from a path or asset. Declare it for an address,
   * whose content is then checked, and for images that must not change.
   */
  contentHash: contentHashField(),
});

export type CustomEmojiInputs = z.infer<typeof customEmojiInputs>;

export const customEmojiSchema: KindSchema<CustomEmojiInputs> = {
  inputs: customEmojiInputs,
  outputs: {
    /** Changes whenever the emoji is written on the server: the server's etag, or the time of the last change. */
    revision: {},
    /** Where the server shows the image. */
    imageUrl: {},
  },
  destroy: ["delete", "retain"],
  permissions: [{ anyOf: ["manage-emoji"] }],
  document: { section: "customEmojis", keys: ["name"] },
};
