import type { Sample } from "./sample.ts";

export const role: Sample = {
  base: () => ({ name: "supporter", description: "Answers questions" }),
  edits: [
    { field: "name", to: "helper" },
    { field: "description", to: "Answers hard questions" },
    { field: "mandatory2fa", to: true },
    { field: "scope", to: "Subscriptions", means: "replace" },
    { field: "adopt", to: true, writes: 0 },
    { field: "onDestroy", to: "retain", writes: 0 },
  ],
  unedited: {},
  secrets: [],
};
