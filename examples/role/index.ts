/**
 * Roles: a built-in one with a second factor for whoever holds it, and a custom one where the workspace has a licence.
 * With one: `pulumi config set licensed true`
 */
import * as pulumi from "@pulumi/pulumi";
import * as rocketchat from "pulumi-rocketchat";

// Built in, so it is there already. It stays when this stack goes.
const guest = new rocketchat.Role("guest", {
  name: "guest",
  description: "Guest from another company",
  mandatory2fa: true,
  adopt: true,
});

// Custom roles need a licence; without one the server refuses them.
if (new pulumi.Config().getBoolean("licensed")) {
  const supporter = new rocketchat.Role("supporter", { name: "supporter", description: "Answers questions" });
  new rocketchat.Permission("supporters-mention-all", {
    permissionId: "mention-all",
    roles: [supporter.id],
    membership: "include",
  });
}

export const isBuiltIn = guest.protected;
