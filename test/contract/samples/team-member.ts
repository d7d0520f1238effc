import type { Sample } from "./sample.ts";

export const teamMember: Sample = {
  prepare: async (workspace) => {
    const { username } = await workspace.person("dave");
    await workspace.person("erin");
    const { team } = await workspace.api("POST", "teams.create", { name: "crew", type: 0 });
    await workspace.api("POST", "teams.create", { name: "crew-2", type: 0 });
    return { username, team: (team as unknown as { _id: string })._id };
  },
  base: ({ username, team }) => ({ username, team, roles: ["moderator"] }),
  edits: [
    { field: "roles", to: ["leader"] },
    { field: "username", to: "erin", means: "replace" },
    { field: "team", to: "crew-2", means: "replace" },
    { field: "onDestroy", to: "retain", writes: 0 },
    { field: "adopt", to: true, writes: 0 },
  ],
  unedited: {},
  secrets: [],
  shared: true,
};
