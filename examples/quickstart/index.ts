/**
 * The quickstart: a small workspace, all of it in this file. Edit a line, run `npm run up` again, and see one change.
 */
import * as pulumi from "@pulumi/pulumi";
import * as rocketchat from "pulumi-rocketchat";

// People. A password is sealed in the state and never shown.
const alice = new rocketchat.User("alice", {
  username: "alice",
  name: "Alice Liddell",
  email: "alice@example.com",
  password: pulumi.secret("Down-the-rabbit-hole-1865"),
  verified: true,
  bio: "Platform engineering",
});

const bob = new rocketchat.User("bob", {
  username: "bob",
  name: "Bob Dodgson",
  email: "bob@example.com",
  password: pulumi.secret("Through-the-looking-glass-1871"),
  verified: true,
});

// The account that the webhook below posts as: Rocket.Chat wants the role "bot" for that.
const deployer = new rocketchat.User("deployer", {
  username: "deployer",
  name: "Deployments",
  email: "deployer@example.com",
  password: pulumi.secret("Curiouser-and-curiouser-1865"),
  verified: true,
  roles: ["user", "bot"],
});

// Rooms: one public, one private, each with its people.
const engineering = new rocketchat.Channel("engineering", {
  name: "engineering",
  topic: "What we build, and how",
  description: "Everybody who builds things",
  members: [alice.username, bob.username, deployer.username],
  moderators: [alice.username],
});

const incidents = new rocketchat.Channel("incidents", {
  name: "incidents",
  private: true,
  topic: "Only while something burns",
});

new rocketchat.ChannelMember("alice-in-incidents", {
  channel: incidents.id,
  username: alice.username,
  roles: ["owner"],
});

// What other systems need: a URL to post deployments to, and a token for a script.
const deployments = new rocketchat.IncomingWebhook("deployments", {
  name: "Deployments",
  channel: pulumi.interpolate`#${engineering.name}`,
  username: deployer.username,
  alias: "Deployments",
  emoji: ":rocket:",
});

const scripts = new rocketchat.PersonalAccessToken("scripts", { name: "scripts" });

// The workspace's own settings.
new rocketchat.Setting("site-name", { settingId: "Site_Name", value: "Wonderland" });

export const rooms = [engineering.name, incidents.name];
export const deploymentsUrl = deployments.url;
export const scriptToken = scripts.token;
