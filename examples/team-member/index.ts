/**
 * The people of a team, one by one.
 * Once: `pulumi config set --secret initialPassword …`
 */
import * as pulumi from "@pulumi/pulumi";
import * as rocketchat from "pulumi-rocketchat";

const platform = new rocketchat.Team("platform", { name: "platform" });

const frida = new rocketchat.User("frida", {
  username: "frida",
  name: "Frida Example",
  email: "frida@example.com",
  password: new pulumi.Config().requireSecret("initialPassword"),
  requirePasswordChange: true,
});

// By the team's id: it outlives a renaming.
const membership = new rocketchat.TeamMember("frida-in-platform", {
  team: platform.id,
  username: frida.username,
  roles: ["moderator", "leader"],
});

export const membershipId = membership.id;
