/** The class IncomingWebhook, for programs. What it does is in handler.ts. */
import type * as pulumi from "@pulumi/pulumi";
import { type Args, type CommonArgs, RocketChatResource } from "../base/resource.ts";
import { incomingWebhookHandler } from "./handler.ts";
import type { IncomingWebhookInputs } from "./schema.ts";

export interface IncomingWebhookArgs extends Args<IncomingWebhookInputs>, CommonArgs<"delete" | "retain"> {}

/**
 * An address that other systems post messages to. Found again by name, channel and username: the server lets several have the same name.
 *
 * @example The smallest one
 * ```ts
 * new rocketchat.IncomingWebhook("alerts", { name: "alerts", channel: "#ops", username: "alert.bot" });
 * ```
 *
 * @example With the poster made by the same program
 * ```ts
 * const bot = new rocketchat.User("alert-bot", {
 *   username: "alert.bot",
 *   name: "Alerts",
 *   email: "alerts@example.com",
 *   password: config.requireSecret("botPassword"),
 *   roles: ["bot"],
 * });
 * const hook = new rocketchat.IncomingWebhook("alerts", {
 *   name: "alerts",
 *   channel: pulumi.interpolate`#${ops.name}`,
 *   username: bot.username,
 *   alias: "Alertmanager",
 *   emoji: ":fire:",
 * });
 * export const hookUrl = hook.url;
 * ```
 *
 * Permissions: `manage-incoming-integrations`, or `manage-own-incoming-integrations` for those the account made.
 *
 * When it is removed from the program, the webhook is deleted and its address stops working.
 */
export class IncomingWebhook extends RocketChatResource {
  declare readonly name: pulumi.Output<string>;
  declare readonly channel: pulumi.Output<string[]>;
  declare readonly username: pulumi.Output<string>;
  declare readonly enabled: pulumi.Output<boolean | undefined>;
  declare readonly alias: pulumi.Output<string | undefined>;
  declare readonly avatar: pulumi.Output<string | undefined>;
  declare readonly emoji: pulumi.Output<string | undefined>;
  declare readonly overrideDestinationChannelEnabled: pulumi.Output<boolean | undefined>;
  declare readonly scriptEnabled: pulumi.Output<boolean | undefined>;
  declare readonly script: pulumi.Output<string | undefined>;
  declare readonly scriptEngine: pulumi.Output<"isolated-vm" | "vm2" | undefined>;
  declare readonly skipTranspile: pulumi.Output<boolean | undefined>;
  /** Address to post to. Secret: whoever knows it can post. */
  declare readonly url: pulumi.Output<string>;
  /** The token in the address. Secret. */
  declare readonly token: pulumi.Output<string>;

  constructor(name: string, args: IncomingWebhookArgs, opts?: pulumi.CustomResourceOptions) {
    super(incomingWebhookHandler, name, args, opts);
  }

  /** An existing webhook by id, to read from. It is not managed. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): IncomingWebhook {
    return new IncomingWebhook(name, {} as IncomingWebhookArgs, { ...opts, id });
  }
}
