import type { Sample } from "./sample.ts";

export const fileUpload: Sample = {
  prepare: async (workspace) => {
    const { channel } = await workspace.api("POST", "channels.create", { name: "files" });
    await workspace.api("POST", "channels.create", { name: "files-2" });
    return { channel: (channel as unknown as { _id: string })._id };
  },
  base: ({ channel }) => ({
    channel,
    file: "test/fixtures/files/dot.png",
    text: "A dot",
    description: "Very small",
  }),
  edits: [
    { field: "channel", to: "files-2", means: "replace" },
    { field: "file", to: "test/fixtures/files/dot.gif", means: "replace" },
    { field: "fileName", to: "point.png", means: "replace" },
    { field: "mediaType", to: "image/x-dot", means: "replace" },
    { field: "text", to: "A point" },
    { field: "description", to: "Small", means: "replace" },
    { field: "threadMessageId", to: "contract", means: "replace" },
    { field: "adopt", to: true, writes: 0 },
    { field: "onDestroy", to: "delete", writes: 0 },
  ],
  unedited: { contentHash: "follows the file" },
  secrets: [],
};
