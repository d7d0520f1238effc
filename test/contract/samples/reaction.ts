import type { Sample } from "./sample.ts";

export const reaction: Sample = {
  prepare: async (workspace) => {
    const sent = await workspace.api("POST", "chat.sendMessage", { message: { rid: "GENERAL", msg: "Lunch?" } });
    return { messageId: (sent.message as unknown as { _id: string })._id };
  },
  base: ({ messageId }) => ({ messageId, emoji: ":thumbsup:" }),
  edits: [
    { field: "messageId", to: "another-message", means: "replace" },
    { field: "emoji", to: ":tada:", means: "replace" },
    { field: "onDestroy", to: "retain", writes: 0 },
    { field: "adopt", to: true, writes: 0 },
  ],
  unedited: {},
  secrets: [],
  shared: true,
};
