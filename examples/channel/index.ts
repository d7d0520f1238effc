/**
 * Rooms: a plain one, a read-only one with exactly its people, and a private one.
 * Once: `pulumi config set --secret initialPassword …`
 */
import * as pulumi from "@pulumi/pulumi";
import * as rocketchat from "pulumi-rocketchat";

export const lounge = new rocketchat.Channel("lounge", { name: "lounge" }).id;

const password = new pulumi.Config().requireSecret("initialPassword");
const person = (username: string) =>
  new rocketchat.User(username, {
    username,
    name: username,
    email: `${username}@example.com`,
    password,
    requirePasswordChange: true,
  }).username;
const [alice, bob, carol] = [person("alice"), person("bob"), person("carol")];

const releases = new rocketchat.Channel("releases", {
  name: "releases",
  topic: "What went out, and when",
  description: "Written by the release managers; everybody reads.",
  readOnly: true,
  reactWhenReadOnly: true,
  // Nobody else is a member. The account that Pulumi uses need not be listed.
  membership: "exact",
  owners: [alice],
  members: [bob, carol],
});

new rocketchat.Channel("incident-2041", {
  name: "incident-2041",
  private: true,
  announcement: "War room: keep to the facts",
  owners: [alice],
  // Joining and leaving are not shown.
  systemMessages: ["uj", "ul"],
  // Deleted with its messages when the resource goes, instead of archived.
  onDestroy: "delete",
});

export const releasesId = releases.id;
