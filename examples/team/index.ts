/** A team: its main room, and further rooms that belong to it. */
import * as rocketchat from "pulumi-rocketchat";

const incidents = new rocketchat.Channel("incidents", { name: "incidents", private: true });
const handover = new rocketchat.Channel("handover", { name: "handover", private: true });

const onCall = new rocketchat.Team("on-call", {
  name: "on-call",
  private: true,
  topic: "Who to wake up",
  description: "The people who carry the pager",
  rooms: [incidents.id, handover.id],
  // Rooms that somebody adds by hand leave the team again.
  membership: "exact",
});

// What goes for rooms goes for the main room of a team, too.
new rocketchat.ChannelMember("cat-on-call", { channel: onCall.roomId, username: "rocket.cat", onDestroy: "retain" });

export const mainRoom = onCall.roomId;
