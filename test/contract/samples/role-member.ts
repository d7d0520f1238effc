import type { Sample } from "./sample.ts";

export const roleMember: Sample = {
  prepare: async (workspace) => {
    const { username } = await workspace.person("dave");
    await workspace.person("erin");
    return { username };
  },
  base: ({ username }) => ({ username, role: "livechat-agent" }),
  edits: [
    { field: "username", to: "erin", means: "replace" },
    { field: "role", to: "bot", means: "replace" },
    { field: "channel", to: "general", means: "replace", beside: { role: "moderator" } },
    { field: "onDestroy", to: "retain", writes: 0 },
    { field: "adopt", to: true, writes: 0 },
  ],
  unedited: {},
  secrets: [],
  shared: true,
};
