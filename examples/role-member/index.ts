/**
 * Roles of people, one by one: for people whom another program, or nobody, manages.
 * Once: `pulumi config set --secret initialPassword …`
 */
import * as pulumi from "@pulumi/pulumi";
import * as rocketchat from "pulumi-rocketchat";

// Without `roles`: those are left to the resources below.
const erik = new rocketchat.User("erik", {
  username: "erik",
  name: "Erik Example",
  email: "erik@example.com",
  password: new pulumi.Config().requireSecret("initialPassword"),
  requirePasswordChange: true,
});

// In the whole workspace.
const agent = new rocketchat.RoleMember("erik-is-agent", { username: erik.username, role: "livechat-agent" });

// In one room, of which he has to be a member.
const desk = new rocketchat.Channel("desk", { name: "desk", topic: "Who needs help" });
const seat = new rocketchat.ChannelMember("erik-at-the-desk", { channel: desk.id, username: erik.username });
new rocketchat.RoleMember("erik-moderates", { username: seat.username, role: "moderator", channel: desk.id });

export const agentId = agent.id;
