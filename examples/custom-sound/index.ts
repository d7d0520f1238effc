/** A notification sound of the workspace's own. Needs Rocket.Chat 8.5 or newer. */
import * as rocketchat from "pulumi-rocketchat";

const gong = new rocketchat.CustomSound("gong", { name: "Gong", file: "sounds/gong.wav" });

export const id = gong.id;
