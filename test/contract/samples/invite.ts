import type { Sample } from "./sample.ts";

export const invite: Sample = {
  prepare: async (workspace) => {
    const { channel } = await workspace.api("POST", "channels.create", { name: "lobby" });
    await workspace.api("POST", "channels.create", { name: "lobby-2" });
    return { channel: (channel as unknown as { _id: string })._id };
  },
  base: ({ channel }) => ({ channel, days: 7, maxUses: 10 }),
  edits: [
    { field: "channel", to: "lobby-2", means: "replace" },
    { field: "days", to: 30, means: "replace" },
    { field: "maxUses", to: 25, means: "replace" },
    { field: "onDestroy", to: "retain", writes: 0 },
    { field: "adopt", to: true, writes: 0 },
  ],
  unedited: {},
  secrets: [],
  shared: true,
};
