import type { Sample } from "./sample.ts";

export const outgoingWebhook: Sample = {
  prepare: async (workspace) => {
    await workspace.person("caller", ["user", "bot"]);
    return {};
  },
  base: () => ({
    name: "ask",
    event: "sendMessage",
    channel: "#general",
    username: "caller",
    urls: ["https://example.test/hook"],
    triggerWords: ["ask"],
    token: "Contract-Outgoing-Token",
  }),
  edits: [
    { field: "name", to: "ask-2" },
    { field: "event", to: "fileUploaded", beside: { triggerWords: undefined } },
    { field: "channel", to: "all_public_channels" },
    { field: "urls", to: ["https://example.test/other"] },
    { field: "triggerWords", to: ["ask", "tell"] },
    { field: "triggerWordAnywhere", to: true },
    { field: "token", to: "Contract-Outgoing-Token-2" },
    { field: "impersonateUser", to: true },
    { field: "runOnEdits", to: true },
    { field: "retryFailedCalls", to: true },
    { field: "retryCount", to: 2 },
    { field: "retryDelay", to: "powers-of-two" },
    { field: "alias", to: "Asker" },
    { field: "emoji", to: ":wave:" },
    { field: "enabled", to: false },
    { field: "adopt", to: true, writes: 0 },
    { field: "onDestroy", to: "retain", writes: 0 },
  ],
  unedited: {
    username: "tested with the kind",
    avatar: "as alias",
    script: "as with the incoming one",
    scriptEnabled: "as with the incoming one",
    scriptEngine: "one engine on 7.x and 8.x",
    skipTranspile: "since 8.4; tested with the kind",
    targetRoom: "goes with the event userCreated; tested with the kind",
  },
  secrets: ["Contract-Outgoing-Token"],
};
