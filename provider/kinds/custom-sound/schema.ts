/** What can be said of a custom sound. Knows no calls. */
import { z } from "zod";
import type { KindSchema } from "../../engine/schema.ts";
import { contentHashField, fileField } from "../base/files/input.ts";

export const customSoundInputs = z.strictObject({
  /** What people choose it by, unique in the workspace. */
  name: z.string().regex(/\S/, "must not be blank"),
  /**
   * The sound: a path (relative to the program's folder), an http(s) address, or a Pulumi asset. MP3 or WAV by its content, at most 5 MB.
   * A change is an update in place. An address is fetched when the sound is made, and when the address or `contentHash` changes.
   */
  file: fileField(),
  /**
   * SHA-256 of the file in lower-case hex; a change sends the file. Default: worked out from a path or asset. Declare it for an address,
   * whose content is then checked.
   */
  contentHash: contentHashField(),
});

export type CustomSoundInputs = z.infer<typeof customSoundInputs>;

export const customSoundSchema: KindSchema<CustomSoundInputs> = {
  inputs: customSoundInputs,
  outputs: {
    /** Changes whenever the sound is written on the server: the time of its last change. */
    revision: {},
  },
  destroy: ["delete", "retain"],
  permissions: [{ anyOf: ["manage-sounds"] }],
  document: { section: "customSounds", keys: ["name"] },
};
