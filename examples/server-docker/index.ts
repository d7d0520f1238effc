/**
 * From an empty machine to a workspace with people and rooms, in one `up`. Needs a Docker Engine.
 * Once: `pulumi config set --secret initialPassword …`; afterwards `pulumi stack output adminPassword --show-secrets` tells
 * the password to log in with.
 */
import * as pulumi from "@pulumi/pulumi";
import * as rocketchat from "pulumi-rocketchat";

const config = new pulumi.Config();

const server = new rocketchat.RocketChatServer("chat", {
  version: "8.6.1",
  mongo: { auth: true },
  backup: { everyHours: 24, keep: 7 },
  settings: {
    Site_Name: "Wonderland",
    Accounts_RegistrationForm: "Disabled",
  },
});

// What the server holds, over its own connection: it waits until the server answers.
const opts = { provider: server.connection };

const alice = new rocketchat.User(
  "alice",
  {
    username: "alice",
    name: "Alice Liddell",
    email: "alice@example.com",
    password: config.requireSecret("initialPassword"),
  },
  opts,
);

new rocketchat.Channel("releases", { name: "releases", topic: "What went out", members: [alice.username] }, opts);

export const url = server.url;
export const adminUsername = server.adminUsername;
export const adminPassword = server.adminPassword;
