/**
 * Rocket.Chat on the cluster that `kubectl` uses, with a MongoDB of your own, behind an ingress. Needs the Pulumi CLI.
 * Once: `pulumi config set --secret mongoUrl "mongodb://user:password@host/rocketchat?replicaSet=rs0"`, and a DNS entry for the host.
 */
import * as pulumi from "@pulumi/pulumi";
import * as rocketchat from "pulumi-rocketchat";

const config = new pulumi.Config();
const host = config.get("host") ?? "chat.example.com";

const server = new rocketchat.RocketChatRelease("chat", {
  version: "8.6.1",
  rootUrl: `https://${host}`,
  mongo: { externalUrl: config.requireSecret("mongoUrl") },
  ingress: {
    className: "nginx",
    tlsSecret: "chat-tls",
    annotations: { "cert-manager.io/cluster-issuer": "letsencrypt" },
  },
  resources: { requests: { cpu: "500m", memory: "1Gi" }, limits: { memory: "2Gi" } },
  settings: {
    Site_Name: "Wonderland",
    Accounts_RegistrationForm: "Disabled",
  },
});

// What the server holds, over its own connection: it waits until the server answers.
new rocketchat.Channel(
  "releases",
  { name: "releases", topic: "What went out", announcement: "Written by the release pipeline" },
  { provider: server.connection },
);

export const url = server.url;
export const adminUsername = server.adminUsername;
export const adminPassword = server.adminPassword;
