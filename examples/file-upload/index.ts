/** Files in a room: one from disk, one that the program makes itself. */
import * as pulumi from "@pulumi/pulumi";
import * as rocketchat from "pulumi-rocketchat";

const handbook = new rocketchat.Channel("handbook", { name: "handbook", onDestroy: "delete" });

new rocketchat.FileUpload("rules", {
  channel: handbook.id,
  file: "files/house-rules.md",
  text: "How we work together",
  // Without it, the file stays in the room when it leaves the program.
  onDestroy: "delete",
});

const rota = [
  { week: 48, person: "alice" },
  { week: 49, person: "bob" },
];

const onCall = new rocketchat.FileUpload("on-call", {
  channel: handbook.id,
  file: new pulumi.asset.StringAsset(JSON.stringify(rota, null, 2)),
  fileName: "on-call.json",
  mediaType: "application/json",
  description: "Generated from the rota",
  onDestroy: "delete",
});

export const onCallFile = onCall.fileUrl;
