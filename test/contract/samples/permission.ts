import type { Sample } from "./sample.ts";

export const permission: Sample = {
  base: () => ({ permissionId: "mention-all", roles: ["admin", "owner"] }),
  edits: [
    { field: "roles", to: ["admin"] },
    { field: "membership", to: "include", writes: 0 },
    { field: "permissionId", to: "mention-here", means: "replace" },
    { field: "onDestroy", to: "retain", writes: 0 },
    { field: "adopt", to: true, writes: 0 },
  ],
  unedited: {},
  secrets: [],
  survives: true,
  permanent: true,
  shared: true,
};
