/**
 * Many users from a CSV file, and a room with all of them. Renaming somebody in the file renames the account, because resources are
 * named by the personnel number; a line that goes deactivates the account.
 */
import * as rocketchat from "pulumi-rocketchat";

const people = new rocketchat.UserBatch("people", {
  file: "people.csv",
  columns: { username: "login", name: "Full name", email: "Work e-mail" },
  ignoreColumns: ["Cost centre"],
  keyColumn: "Personnel no.",
  // Each gets a password of its own, kept sealed in the state, and chooses another one at the first log-in.
  generatePasswords: true,
  defaults: { requirePasswordChange: true, joinDefaultChannels: false },
});

new rocketchat.Channel("everyone", {
  name: "everyone",
  members: Object.values(people.users).map((user) => user.username),
});

export const count = people.count;
/** `pulumi stack output passwords --show-secrets` */
export const passwords = people.passwords;
