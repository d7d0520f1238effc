/** A small workspace with every kind in it, as test programs declare it, and values in it that must never be seen. */
import { type Declarations, declare, expression } from "./programs.ts";

/** What the program gives away to nobody: searched for in state, output and errors. */
export const SECRETS = {
  alice: "Down-the-rabbit-hole-1865",
  bob: "Through-the-looking-glass-1871",
  joinCode: "curiouser-and-curiouser",
  outgoing: "outgoing-token-c0ffee-4711",
} as const;

/** All seven kinds; references run from people to rooms to webhooks. */
export const WORLD: Declarations = {
  alice: declare("User", {
    username: "alice",
    name: "Alice Liddell",
    email: "alice@example.com",
    password: SECRETS.alice,
    verified: true,
    bio: "Platform engineering",
  }),
  bob: declare("User", {
    username: "bob",
    name: "Bob Dodgson",
    email: "bob@example.com",
    password: SECRETS.bob,
    roles: ["user", "bot"],
  }),
  engineering: declare("Channel", {
    name: "engineering",
    topic: "What we build",
    joinCode: SECRETS.joinCode,
    members: [expression("alice.username"), expression("bob.username")],
  }),
  incidents: declare("Channel", { name: "incidents", private: true, topic: "Only while something burns" }),
  aliceInIncidents: declare("ChannelMember", {
    channel: expression("incidents.id"),
    username: expression("alice.username"),
    roles: ["moderator"],
  }),
  deployments: declare("IncomingWebhook", {
    name: "Deployments",
    channel: expression("engineering.name.apply((name) => `#` + name)"),
    username: expression("bob.username"),
    alias: "Deployments",
  }),
  relay: declare("OutgoingWebhook", {
    name: "Relay",
    event: "sendMessage",
    channel: expression("engineering.name.apply((name) => `#` + name)"),
    urls: ["https://hooks.example.com/relay"],
    username: expression("bob.username"),
    token: SECRETS.outgoing,
  }),
  scripts: declare("PersonalAccessToken", { name: "scripts" }),
  siteName: declare("Setting", { settingId: "Site_Name", value: "Wonderland" }),
};
