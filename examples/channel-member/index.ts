/**
 * Memberships one by one: for a room that several programs share, each with its own people.
 * Once: `pulumi config set --secret initialPassword …`
 */
import * as pulumi from "@pulumi/pulumi";
import * as rocketchat from "pulumi-rocketchat";

const bridge = new rocketchat.Channel("bridge", { name: "bridge", topic: "Where the teams meet" });

const dora = new rocketchat.User("dora", {
  username: "dora",
  name: "Dora Example",
  email: "dora@example.com",
  password: new pulumi.Config().requireSecret("initialPassword"),
  requirePasswordChange: true,
});

// By the room's id: it outlives a renaming.
const membership = new rocketchat.ChannelMember("dora-in-bridge", {
  channel: bridge.id,
  username: dora.username,
  roles: ["moderator"],
});

// An existing room, by name. The bot stays there when this stack goes.
new rocketchat.ChannelMember("cat-in-general", {
  channel: "general",
  username: "rocket.cat",
  onDestroy: "retain",
});

export const membershipId = membership.id;
