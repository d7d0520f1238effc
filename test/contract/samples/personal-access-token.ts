import type { Sample } from "./sample.ts";

export const personalAccessToken: Sample = {
  base: () => ({ name: "deploys", triggers: { month: "1" } }),
  edits: [
    { field: "name", to: "deploys-2", means: "replace" },
    { field: "bypassTwoFactor", to: true, means: "replace" },
    { field: "triggers", to: { month: "2" }, means: "replace" },
    { field: "onDestroy", to: "retain", writes: 0 },
    { field: "adopt", to: true, writes: 0 },
  ],
  unedited: { as: "another owner is another token; tested with the kind" },
  secrets: [],
};
