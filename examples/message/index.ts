/** The messages that belong to a room's set-up: pinned rules, and an answer in their thread. */
import * as rocketchat from "pulumi-rocketchat";

const releases = new rocketchat.Channel("releases", { name: "releases", topic: "What went out, and when" });

const rules = new rocketchat.Message("rules", {
  channel: releases.id,
  text: "*House rules*\nOne thread per release. No passwords here.",
  attachments: [
    {
      title: "Calendar",
      title_link: "https://example.com/releases",
      color: "#2de0a5",
      fields: [
        { title: "Freeze", value: "Thursday", short: true },
        { title: "Release", value: "Tuesday", short: true },
      ],
    },
  ],
  pinned: true,
  reactions: [":white_check_mark:"],
});

// In the thread of the rules.
new rocketchat.Message("contact", {
  channel: releases.id,
  threadMessageId: rules.id,
  text: "Questions? Ask @rocket.cat.",
});

// An id of one's own, for those who link to it. It stays when this stack goes.
const welcome = new rocketchat.Message("welcome", {
  channel: "general",
  messageId: "welcome-to-this-workspace",
  text: "Welcome! Releases are announced in #releases.",
  onDestroy: "retain",
});

export const rulesId = rules.id;
export const welcomeId = welcome.id;
