/** Statuses that people can choose beside online, away, busy and offline. */
import * as rocketchat from "pulumi-rocketchat";

const statuses = { "On call": "online", "In the lab": "busy", Travelling: "away" } as const;

for (const [name, statusType] of Object.entries(statuses)) {
  new rocketchat.CustomUserStatus(name, { name, statusType });
}
