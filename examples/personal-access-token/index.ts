/**
 * API tokens: one for the account of the connection, one for a bot that is rotated by changing a word.
 * Once: `pulumi config set --secret botPassword …`; to rotate: `pulumi config set rotation 2027-Q1`
 */
import * as pulumi from "@pulumi/pulumi";
import * as rocketchat from "pulumi-rocketchat";

const config = new pulumi.Config();
const botPassword = config.requireSecret("botPassword");

const backup = new rocketchat.PersonalAccessToken("backup", { name: "backup" });

const bot = new rocketchat.User("deploy-bot", {
  username: "deploy.bot",
  name: "Deploy Bot",
  email: "deploy.bot@example.com",
  password: botPassword,
  // The role bot alone may not make tokens.
  roles: ["bot", "user"],
});

const deploy = new rocketchat.PersonalAccessToken("deploy", {
  name: "deploy",
  bypassTwoFactor: true,
  triggers: { rotation: config.get("rotation") ?? "first" },
  as: { username: bot.username, password: botPassword },
});

export const backupToken = backup.token;
export const deployUserId = deploy.userId;
export const deployToken = deploy.token;
