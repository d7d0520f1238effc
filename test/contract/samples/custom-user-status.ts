import type { Sample } from "./sample.ts";

export const customUserStatus: Sample = {
  base: () => ({ name: "At lunch", statusType: "away" }),
  edits: [
    { field: "name", to: "On a walk" },
    { field: "statusType", to: "busy" },
    { field: "adopt", to: true, writes: 0 },
    { field: "onDestroy", to: "retain", writes: 0 },
  ],
  unedited: {},
  secrets: [],
};
