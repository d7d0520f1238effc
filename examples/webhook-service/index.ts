/**
 * Webhooks in both directions for the service in service.ts. Its settings, once the stack is up:
 * HOOK_URL=$(pulumi stack output hookUrl --show-secrets) HOOK_TOKEN=$(pulumi stack output hookToken --show-secrets) node service.ts
 * Once: `pulumi config set --secret botPassword …`
 */
import * as pulumi from "@pulumi/pulumi";
import * as rocketchat from "pulumi-rocketchat";

const config = new pulumi.Config();

const bot = new rocketchat.User("echo-bot", {
  username: "echo.bot",
  name: "Echo",
  email: "echo@example.com",
  password: config.requireSecret("botPassword"),
  roles: ["bot"],
});

const desk = new rocketchat.Channel("echo-desk", { name: "echo-desk", members: [bot.username] });

// Rocket.Chat tells the service.
const asked = new rocketchat.OutgoingWebhook("echo-asked", {
  name: "echo",
  event: "sendMessage",
  channel: pulumi.interpolate`#${desk.name}`,
  triggerWords: ["!echo"],
  urls: [config.get("serviceUrl") ?? "http://127.0.0.1:8080/"],
  username: bot.username,
});

// The service tells Rocket.Chat.
const answers = new rocketchat.IncomingWebhook("echo-answers", {
  name: "echo",
  channel: pulumi.interpolate`#${desk.name}`,
  username: bot.username,
  emoji: ":mega:",
});

export const hookUrl = answers.url;
export const hookToken = asked.effectiveToken;
