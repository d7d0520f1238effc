/**
 * An incoming webhook with the account that it posts as, and the room.
 * Once: `pulumi config set --secret botPassword …`
 */
import * as pulumi from "@pulumi/pulumi";
import * as rocketchat from "pulumi-rocketchat";

const config = new pulumi.Config();

const ops = new rocketchat.Channel("ops", { name: "ops" });

const bot = new rocketchat.User("alert-bot", {
  username: "alert.bot",
  name: "Alerts",
  email: "alerts@example.com",
  password: config.requireSecret("botPassword"),
  // From Rocket.Chat 8.6 on, the poster needs the permission message-impersonate, which this role has.
  roles: ["bot"],
});

const alerts = new rocketchat.IncomingWebhook("alerts", {
  name: "alerts",
  channel: pulumi.interpolate`#${ops.name}`,
  username: bot.username,
  alias: "Alertmanager",
  emoji: ":fire:",
  scriptEnabled: true,
  script: `class Script {
    process_incoming_request({ request }) {
      const { status, alerts } = request.content;
      return { content: { text: status + ": " + alerts.map(({ labels }) => labels.alertname).join(", ") } };
    }
  }`,
});

/** Secret: whoever knows it can post. */
export const url = alerts.url;
