import type { Sample } from "./sample.ts";

export const oauthApp: Sample = {
  base: () => ({ name: "Wiki", redirectUri: ["https://wiki.example.test/callback"] }),
  edits: [
    { field: "name", to: "Wiki 2" },
    { field: "redirectUri", to: ["https://wiki.example.test/callback", "https://wiki-2.example.test/callback"] },
    { field: "active", to: false },
    { field: "adopt", to: true, writes: 0 },
    { field: "onDestroy", to: "retain", writes: 0 },
  ],
  unedited: {},
  secrets: [],
};
