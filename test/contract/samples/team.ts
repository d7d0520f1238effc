import type { Sample } from "./sample.ts";

export const team: Sample = {
  prepare: async (workspace) => {
    await workspace.api("POST", "channels.create", { name: "deck" });
    return {};
  },
  base: () => ({ name: "crew", topic: "Who sails" }),
  edits: [
    { field: "name", to: "crew-2" },
    { field: "private", to: true },
    { field: "topic", to: "Who rows" },
    { field: "description", to: "What it is for" },
    { field: "announcement", to: "Hear, hear" },
    { field: "rooms", to: ["deck"] },
    { field: "adopt", to: true, writes: 0 },
    { field: "onDestroy", to: "retain", writes: 0 },
  ],
  unedited: {
    owner: "creation only; tested with the kind",
    membership: "means something with rooms only; tested with the kind",
  },
  secrets: [],
};
