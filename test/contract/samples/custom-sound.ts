import type { Sample } from "./sample.ts";

export const customSound: Sample = {
  base: () => ({ name: "Tick", file: "test/fixtures/files/tick.wav" }),
  edits: [
    { field: "name", to: "Tock" },
    { field: "file", to: "test/fixtures/files/tick.mp3" },
    { field: "adopt", to: true, writes: 0 },
    { field: "onDestroy", to: "retain", writes: 0 },
  ],
  unedited: { contentHash: "follows the file" },
  secrets: [],
};
