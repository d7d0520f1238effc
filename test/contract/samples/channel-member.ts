import type { Sample } from "./sample.ts";

export const channelMember: Sample = {
  prepare: async (workspace) => {
    const { username } = await workspace.person("dave");
    const { channel } = await workspace.api("POST", "channels.create", { name: "club" });
    await workspace.person("erin");
    await workspace.api("POST", "channels.create", { name: "club-2" });
    return { username, channel: (channel as unknown as { _id: string })._id };
  },
  base: ({ username, channel }) => ({ username, channel, roles: ["moderator"] }),
  edits: [
    { field: "roles", to: ["leader"], writes: 2 },
    { field: "username", to: "erin", means: "replace" },
    { field: "channel", to: "club-2", means: "replace" },
    { field: "onDestroy", to: "retain", writes: 0 },
    { field: "adopt", to: true, writes: 0 },
  ],
  unedited: {},
  secrets: [],
  shared: true,
};
