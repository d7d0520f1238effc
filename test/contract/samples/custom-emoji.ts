import type { Sample } from "./sample.ts";

export const customEmoji: Sample = {
  base: () => ({ name: "dot", aliases: ["point"], file: "test/fixtures/files/dot.png" }),
  edits: [
    { field: "name", to: "dots" },
    { field: "aliases", to: ["point", "period"] },
    { field: "file", to: "test/fixtures/files/dot.gif" },
    { field: "adopt", to: true, writes: 0 },
    { field: "onDestroy", to: "retain", writes: 0 },
  ],
  unedited: { contentHash: "follows the file" },
  secrets: [],
};
