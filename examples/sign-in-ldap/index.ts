/**
 * Sign-in with Active Directory, for the members of one group. It is switched on when everything else is written.
 * Once: `pulumi config set --secret directoryPassword …`
 */
import * as pulumi from "@pulumi/pulumi";
import * as rocketchat from "pulumi-rocketchat";

const config = new pulumi.Config();

const directory = new rocketchat.LdapSignIn("directory", {
  serverType: "ad",
  host: "dc1.corp.example.com",
  port: 636,
  encryption: "ssl",
  bindDn: "rocketchat@corp.example.com",
  bindPassword: config.requireSecret("directoryPassword"),
  baseDn: "dc=corp,dc=example,dc=com",
  userSearchFilter: "(&(objectCategory=person)(objectclass=user))",
  groupFilter: { name: "chat-users", objectClass: "group", memberAttribute: "member", memberFormat: "#{userdn}" },
  nameField: "displayName",
  // People who had an account before keep it.
  mergeExistingUsers: true,
  // If the directory can't be reached, the password of the last sign-in counts.
  loginFallback: true,
});

export const enabled = directory.enabled;
