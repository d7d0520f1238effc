/** Permissions: who may do what. What held before holds again when this stack goes. */
import * as rocketchat from "pulumi-rocketchat";

// Exactly these roles: nobody else makes private rooms.
const privateRooms = new rocketchat.Permission("create-private-rooms", {
  permissionId: "create-p",
  roles: ["admin", "bot"],
});

// These too, beside those that hold it already.
new rocketchat.Permission("moderators-pin", {
  permissionId: "pin-message",
  roles: ["livechat-agent"],
  membership: "include",
});

export const before = privateRooms.previousRoles;
