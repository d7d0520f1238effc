/** A link by which people join a room, shown by `pulumi stack output url --show-secrets`. */
import * as rocketchat from "pulumi-rocketchat";

const workshop = new rocketchat.Channel("workshop", { name: "workshop", topic: "Questions and slides" });

// For the first ten people, within a week. Once it has expired, a refresh and the next `up` make a new one.
const invite = new rocketchat.Invite("into-workshop", { channel: workshop.id, days: 7, maxUses: 10 });

export const url = invite.url;
export const until = invite.expiresAt;
