/** The class OutgoingWebhook, for programs. What it does is in handler.ts. */
import type * as pulumi from "@pulumi/pulumi";
import { type Args, type CommonArgs, RocketChatResource } from "../base/resource.ts";
import { outgoingWebhookHandler } from "./handler.ts";
import type { OutgoingWebhookInputs } from "./schema.ts";

export interface OutgoingWebhookArgs extends Args<OutgoingWebhookInputs>, CommonArgs<"delete" | "retain"> {}

/**
 * Posts to other systems when something happens in the workspace. Found again by name, event and urls: the server lets several have the same
 * name.
 *
 * @example The smallest one
 * ```ts
 * new rocketchat.OutgoingWebhook("deploys", {
 *   name: "deploys",
 *   event: "sendMessage",
 *   channel: "#ops",
 *   urls: ["https://ci.example.com/rocketchat"],
 *   username: "rocket.cat",
 * });
 * ```
 *
 * @example Words that set it off, repeats, and the secret for the receiver
 * ```ts
 * const deploy = new rocketchat.OutgoingWebhook("deploy-command", {
 *   name: "deploy command",
 *   event: "sendMessage",
 *   channel: ["#ops", "#releases"],
 *   triggerWords: ["!deploy"],
 *   urls: ["https://ci.example.com/deploy"],
 *   username: "deploy.bot",
 *   retryFailedCalls: true,
 *   retryCount: 3,
 *   retryDelay: "powers-of-two",
 * });
 * export const sharedSecret = deploy.effectiveToken;
 * ```
 *
 * Permissions: `manage-outgoing-integrations`; `manage-own-outgoing-integrations` suffices for those the account made and for events
 * that belong to a channel.
 *
 * When it is removed from the program, the webhook is deleted.
 */
export class OutgoingWebhook extends RocketChatResource {
  declare readonly name: pulumi.Output<string>;
  declare readonly event: pulumi.Output<OutgoingWebhookInputs["event"]>;
  declare readonly urls: pulumi.Output<string[]>;
  declare readonly username: pulumi.Output<string>;
  declare readonly channel: pulumi.Output<string[] | undefined>;
  declare readonly targetRoom: pulumi.Output<string | undefined>;
  declare readonly enabled: pulumi.Output<boolean | undefined>;
  declare readonly triggerWords: pulumi.Output<string[] | undefined>;
  declare readonly triggerWordAnywhere: pulumi.Output<boolean | undefined>;
  declare readonly runOnEdits: pulumi.Output<boolean | undefined>;
  declare readonly token: pulumi.Output<string | undefined>;
  declare readonly impersonateUser: pulumi.Output<boolean | undefined>;
  declare readonly alias: pulumi.Output<string | undefined>;
  declare readonly avatar: pulumi.Output<string | undefined>;
  declare readonly emoji: pulumi.Output<string | undefined>;
  declare readonly retryFailedCalls: pulumi.Output<boolean | undefined>;
  declare readonly retryCount: pulumi.Output<number | undefined>;
  declare readonly retryDelay: pulumi.Output<OutgoingWebhookInputs["retryDelay"]>;
  declare readonly scriptEnabled: pulumi.Output<boolean | undefined>;
  declare readonly script: pulumi.Output<string | undefined>;
  declare readonly scriptEngine: pulumi.Output<"isolated-vm" | "vm2" | undefined>;
  declare readonly skipTranspile: pulumi.Output<boolean | undefined>;
  /** The token that is sent along: the declared one, or the one made at creation. Secret. */
  declare readonly effectiveToken: pulumi.Output<string>;

  constructor(name: string, args: OutgoingWebhookArgs, opts?: pulumi.CustomResourceOptions) {
    super(outgoingWebhookHandler, name, args, opts);
  }

  /** An existing webhook by id, to read from. It is not managed. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): OutgoingWebhook {
    return new OutgoingWebhook(name, {} as OutgoingWebhookArgs, { ...opts, id });
  }
}
