import type { Sample } from "./sample.ts";

export const incomingWebhook: Sample = {
  prepare: async (workspace) => {
    await workspace.person("hooker", ["user", "bot"]);
    await workspace.person("hooker2", ["user", "bot"]);
    await workspace.api("POST", "channels.create", { name: "alerts" });
    return {};
  },
  base: () => ({ name: "ci", channel: "#general", username: "hooker", alias: "CI" }),
  edits: [
    { field: "name", to: "ci-2" },
    { field: "channel", to: "#alerts" },
    { field: "username", to: "hooker2" },
    { field: "enabled", to: false },
    { field: "alias", to: "Builds" },
    { field: "avatar", to: "https://example.test/a.png" },
    { field: "emoji", to: ":rocket:" },
    { field: "script", to: "class Script {}", beside: { scriptEnabled: true } },
    { field: "scriptEnabled", to: true },
    { field: "overrideDestinationChannelEnabled", to: true },
    { field: "adopt", to: true, writes: 0 },
    { field: "onDestroy", to: "retain", writes: 0 },
  ],
  unedited: { scriptEngine: "one engine on 7.x and 8.x", skipTranspile: "since 8.4; tested with the kind" },
  secrets: [],
};
