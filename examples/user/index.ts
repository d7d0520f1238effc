/**
 * User accounts: a person, an account for a machine, and one that is deactivated but kept.
 * Once: `pulumi config set --secret initialPassword …` and `pulumi config set --secret botPassword …`
 */
import * as pulumi from "@pulumi/pulumi";
import * as rocketchat from "pulumi-rocketchat";

const config = new pulumi.Config();

const alice = new rocketchat.User("alice", {
  username: "alice",
  name: "Alice Example",
  email: "alice@example.com",
  // Only a new version sends a password again, so Alice may choose her own.
  password: config.requireSecret("initialPassword"),
  passwordVersion: 1,
  requirePasswordChange: true,
  nickname: "Al",
  bio: "Platform engineering",
});

const bot = new rocketchat.User("deploy-bot", {
  username: "deploy.bot",
  name: "Deploy Bot",
  email: "deploy.bot@example.com",
  password: config.requireSecret("botPassword"),
  roles: ["bot"],
  joinDefaultChannels: false,
  statusText: "Announces releases",
  // Deleted, not only deactivated, when it leaves the program.
  onDestroy: "delete",
});

new rocketchat.User("former-colleague", {
  username: "carol",
  name: "Carol Example",
  email: "carol@example.com",
  password: config.requireSecret("initialPassword"),
  active: false,
});

export const aliceId = alice.userId;
export const botId = bot.userId;
