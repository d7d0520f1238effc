import type { Sample } from "./sample.ts";

export const setting: Sample = {
  base: () => ({ settingId: "Site_Name", value: "Contract" }),
  edits: [
    { field: "value", to: "Contract 2" },
    { field: "settingId", to: "Organization_Name", means: "replace" },
    { field: "secret", to: true, writes: 0 },
    { field: "onDestroy", to: "default", writes: 0 },
    { field: "adopt", to: true, writes: 0 },
  ],
  unedited: { editor: "colours only; tested with the kind" },
  secrets: [],
  survives: true,
  permanent: true,
  shared: true,
};
