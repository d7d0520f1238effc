/** What can be declared of an outgoing webhook: the server posts to addresses when something happens. */
import { z } from "zod";
import { field, type KindSchema } from "../../engine/schema.ts";

export const EVENTS = [
  "sendMessage",
  "fileUploaded",
  "roomArchived",
  "roomCreated",
  "roomJoined",
  "roomLeft",
  "userCreated",
] as const;

export const outgoingWebhookInputs = z.strictObject({
  /** Name in the administration; several may have the same. */
  name: z.string().min(1),
  /** What sets it off. "message" of other descriptions is "sendMessage" here. Can be changed in place. */
  event: z.enum(EVENTS),
  /** Addresses that are posted to, each starting with http:// or https://. At least one. */
  urls: field(z.array(z.url({ protocol: /^https?$/ })).min(1), { set: true }),
  /** Username that answers are posted as. */
  username: field(z.string().min(1), { refers: "User" }),
  /**
   * Where it listens: "#room", "@person", "all_public_channels", "all_private_groups", "all_direct_messages"; one or several, as a
   * list or separated by commas. For sendMessage, fileUploaded, roomJoined and roomLeft only. Default: none. The server rewrites it when a room is renamed.
   */
  channel: field(z.union([z.string().min(1), z.array(z.string().min(1))]).optional(), {
    set: true,
    refers: "Channel",
  }),
  /** "#room" or "@person" that answers go to. Required for userCreated, else default "": where the event was. */
  targetRoom: field(z.string().optional(), { refers: "Channel" }),
  /** False switches it off. Default true. */
  enabled: z.boolean().optional(),
  /** Messages must start with one of these words. For sendMessage only. Default []: every message. */
  triggerWords: field(z.array(z.string().min(1)).optional(), { set: true }),
  /** The word may stand anywhere in the message. Default false. */
  triggerWordAnywhere: z.boolean().optional(),
  /** Also when a message is edited. Default false. */
  runOnEdits: z.boolean().optional(),
  /** Secret that is sent along, so that the receiver knows the sender. Default: one is made at creation, see the output `effectiveToken`. */
  token: field(z.string().min(1).optional(), { secret: true }),
  /** Answers are posted as the person whose message set it off. Default false. */
  impersonateUser: z.boolean().optional(),
  /** Name shown instead of the poster's. Default "". */
  alias: z.string().optional(),
  /** Address of an image shown instead of the poster's avatar. Default "". */
  avatar: z.string().optional(),
  /** Emoji shown as the avatar, as ":ghost:"; goes before `avatar`. Default "". */
  emoji: z.string().optional(),
  /** Failed posts are repeated. Default false. */
  retryFailedCalls: z.boolean().optional(),
  /** How often a failed post is repeated; at least 1. Default 4. */
  retryCount: z.int().min(1).optional(),
  /** Waiting between repeats: 10, 100, 1000 s …; 2, 4, 8 s …; or 2, 4, 6 s …. Default "powers-of-ten". */
  retryDelay: z.enum(["powers-of-ten", "powers-of-two", "increments-of-two"]).optional(),
  /** Runs `script` on what goes out and on the answer. Default false. */
  scriptEnabled: z.boolean().optional(),
  /** JavaScript with a class Script (prepare_outgoing_request, process_outgoing_response). One that does not compile is an error here. Default "". */
  script: z.string().optional(),
  /** Where the script runs. "vm2" exists up to 6.x only. Default "isolated-vm". */
  scriptEngine: z.enum(["isolated-vm", "vm2"]).optional(),
  /** Runs the script as it is, without Babel (8.4 to 8.x; from 9.0 on always so). Default false. */
  skipTranspile: z.boolean().optional(),
});

export type OutgoingWebhookInputs = z.infer<typeof outgoingWebhookInputs>;

export const outgoingWebhookSchema: KindSchema<OutgoingWebhookInputs> = {
  inputs: outgoingWebhookInputs,
  outputs: {
    /** The token that is sent along: the declared one, or the one made at creation. */
    effectiveToken: { secret: true },
  },
  destroy: ["delete", "retain"],
  permissions: [{ anyOf: ["manage-outgoing-integrations", "manage-own-outgoing-integrations"] }],
  document: {
    section: "outgoingWebhooks",
    keys: ["name"],
    export: {
      identity: ["name", "event", "urls"],
      defaults: { enabled: true, scriptEngine: "isolated-vm", retryCount: 4, retryDelay: "powers-of-ten" },
    },
  },
};
