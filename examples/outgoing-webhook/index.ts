/** Outgoing webhooks: a command in a room, and a notice of every new account. */
import * as pulumi from "@pulumi/pulumi";
import * as rocketchat from "pulumi-rocketchat";

const deploys = new rocketchat.Channel("deploys", { name: "deploys" });
const channel = pulumi.interpolate`#${deploys.name}`;

const command = new rocketchat.OutgoingWebhook("deploy-command", {
  name: "deploy command",
  event: "sendMessage",
  channel,
  triggerWords: ["!deploy"],
  urls: ["https://ci.example.com/hooks/deploy"],
  username: "rocket.cat",
  retryFailedCalls: true,
  retryCount: 3,
  retryDelay: "powers-of-two",
});

new rocketchat.OutgoingWebhook("new-accounts", {
  name: "new accounts",
  event: "userCreated",
  targetRoom: channel,
  urls: ["https://directory.example.com/hooks/rocketchat"],
  username: "rocket.cat",
});

/** Secret: the receiver compares it with the `token` of each post. */
export const sharedSecret = command.effectiveToken;
