/** What can be declared of an incoming webhook: an address that other systems post messages to. */
import { z } from "zod";
import { field, type KindSchema } from "../../engine/schema.ts";

export const incomingWebhookInputs = z.strictObject({
  /** Name in the administration; several may have the same. */
  name: z.string().min(1),
  /**
   * Where messages go: "#room" or "@person", one or several, as a list or separated by commas. The server rewrites it when a room is
   * renamed. A name without a mark, and a room's id, are refused.
   */
  channel: field(z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]), { set: true, refers: "Channel" }),
  /**
   * Username that posts. Rocket.Chat 8.6: it needs the permission `message-impersonate` (role "bot" or "app"; an admin lacks it); 7.x
   * gives it the role "bot" by itself; 6.x keeps the first one for ever.
   */
  username: field(z.string().min(1), { refers: "User" }),
  /** False switches the address off (it answers 503). Default true. */
  enabled: z.boolean().optional(),
  /** Name shown instead of the poster's. Default "": the poster's own. */
  alias: z.string().optional(),
  /** Address of an image shown instead of the poster's avatar. Default "". */
  avatar: z.string().optional(),
  /** Emoji shown as the avatar, as ":ghost:"; goes before `avatar`. Default "". */
  emoji: z.string().optional(),
  /** The caller may name another room or person in each message. Default false: naming one is refused. */
  overrideDestinationChannelEnabled: z.boolean().optional(),
  /** Runs `script` on what comes in. Default false. */
  scriptEnabled: z.boolean().optional(),
  /** JavaScript with a class Script and its method process_incoming_request. One that does not compile is an error here. Default "". */
  script: z.string().optional(),
  /** Where the script runs. "vm2" exists up to 6.x only. Default "isolated-vm". */
  scriptEngine: z.enum(["isolated-vm", "vm2"]).optional(),
  /** Runs the script as it is, without Babel (8.4 to 8.x; from 9.0 on always so). Default false. */
  skipTranspile: z.boolean().optional(),
});

export type IncomingWebhookInputs = z.infer<typeof incomingWebhookInputs>;

export const incomingWebhookSchema: KindSchema<IncomingWebhookInputs> = {
  inputs: incomingWebhookInputs,
  outputs: {
    /** Address to post to; holds the token, so whoever knows it can post. */
    url: { secret: true },
    /** The token in the address; the server makes it and never changes it. */
    token: { secret: true },
  },
  destroy: ["delete", "retain"],
  permissions: [{ anyOf: ["manage-incoming-integrations", "manage-own-incoming-integrations"] }],
  document: {
    section: "incomingWebhooks",
    keys: ["name"],
    export: {
      identity: ["name", "channel", "username"],
      defaults: { enabled: true, scriptEngine: "isolated-vm" },
      anew: ["url", "token"],
    },
  },
};
