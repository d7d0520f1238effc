import type { Sample } from "./sample.ts";

export const message: Sample = {
  prepare: async (workspace) => {
    const { channel } = await workspace.api("POST", "channels.create", { name: "board" });
    await workspace.api("POST", "channels.create", { name: "board-2" });
    const fields = { type: "object", properties: { source: { type: "string" } } };
    await workspace.api("POST", "settings/Message_CustomFields_Enabled", { value: true });
    await workspace.api("POST", "settings/Message_CustomFields", { value: JSON.stringify(fields) });
    return { channel: (channel as unknown as { _id: string })._id };
  },
  base: ({ channel }) => ({
    channel,
    text: "Be kind",
    idempotencyKey: "contract/dev/rules",
    attachments: [{ title: "More", title_link: "https://example.test/more", fields: [{ title: "a", value: "b" }] }],
    pinned: true,
    reactions: [":eyes:"],
  }),
  edits: [
    { field: "text", to: "Be very kind" },
    { field: "customFields", to: { source: "program" } },
    { field: "pinned", to: false },
    { field: "reactions", to: [":tada:", ":+1:"], writes: 3 },
    { field: "channel", to: "board-2", means: "replace" },
    { field: "messageId", to: "the-rules", means: "replace" },
    { field: "idempotencyKey", to: "another", means: "nothing" },
    { field: "threadMessageId", to: "some-message", means: "replace" },
    { field: "alias", to: "House", means: "replace" },
    { field: "emoji", to: ":ghost:", means: "replace" },
    { field: "avatar", to: "https://example.test/a.png", means: "replace" },
    { field: "attachments", to: [{ text: "Another" }], means: "replace" },
    { field: "onDestroy", to: "retain", writes: 0 },
    { field: "adopt", to: true, writes: 0 },
  ],
  unedited: {},
  secrets: [],
};
