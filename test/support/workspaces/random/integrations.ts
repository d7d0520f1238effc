/** Webhooks of both directions and applications. Several of the same name among them. */
import type { Json } from "../../reader.ts";
import type { Maker } from "./maker.ts";
import { BOT } from "./people.ts";
import { FREE_NAMES, SCRIPTS } from "./texts.ts";

/** "#room", one or several, or somebody. */
function target(maker: Maker): string {
  const open = maker.rooms.filter(({ isPrivate }) => !isPrivate).map(({ name }) => `#${name}`);
  const names = maker.some(["#general", ...open, `@${BOT}`], 1, 3);
  return names.join(",");
}

const looks = (maker: Maker): Json => ({
  ...(maker.flag() && { alias: maker.text(80) }),
  ...(maker.flag() && { emoji: ":ghost:" }),
  ...(maker.flag() && { avatar: "https://a.example.test/i.png?a=1&b=%20#x" }),
  ...(maker.flag() && { script: maker.one(SCRIPTS) }),
});

export async function makeWebhooks(maker: Maker): Promise<void> {
  // Two of one name are told apart by their rooms; those that are alike in both an export leaves out, as docs/export.md says.
  const made = new Set<string>();
  for (const name of ["ci", ...maker.some([...FREE_NAMES, "ci"], 1, 5)]) {
    const channel = target(maker);
    const identity = `${name} ${channel.split(",").sort().join()}`;
    if (made.has(identity)) continue;
    made.add(identity);
    await maker.post("integrations.create", {
      type: "webhook-incoming",
      name,
      enabled: maker.chance.is(0.8),
      username: BOT,
      channel,
      scriptEnabled: maker.flag(),
      ...(maker.flag() && { overrideDestinationChannelEnabled: true }),
      ...looks(maker),
    });
    maker.count("incomingWebhooks");
  }
  for (const [index, name] of ["out", ...maker.some([...FREE_NAMES, "out"], 1, 4)].entries()) {
    const event = maker.one([
      "sendMessage",
      "fileUploaded",
      "roomArchived",
      "roomCreated",
      "roomJoined",
      "roomLeft",
      "userCreated",
    ]);
    const listens = !["roomArchived", "roomCreated", "userCreated"].includes(event);
    await maker.post("integrations.create", {
      type: "webhook-outgoing",
      name,
      event,
      enabled: maker.chance.is(0.8),
      username: BOT,
      urls: maker.some(
        [`https://hooks.example.test/${index}`, "http://b.example.test/?q=a&b=%20", "https://c.example.test/ü"],
        1,
        3,
      ),
      channel: listens
        ? maker.one([target(maker), "all_public_channels", "all_private_groups,all_direct_messages"])
        : "",
      scriptEnabled: maker.flag(),
      ...(event === "sendMessage" &&
        maker.flag() && { triggerWords: maker.some(["deploy", "build: it", "#1", "null"], 1, 3) }),
      ...(maker.flag() && { triggerWordAnywhere: true }),
      ...(maker.flag() && { runOnEdits: true }),
      ...(maker.flag() && { impersonateUser: true }),
      ...(maker.flag() && { retryFailedCalls: true, retryCount: 2, retryDelay: "powers-of-two" }),
      ...((event === "userCreated" || maker.flag()) && { targetRoom: "#general" }),
      token: `Outgoing-token-${index}-1234567890`,
      ...looks(maker),
    });
    maker.count("outgoingWebhooks");
  }
}

export async function makeApplications(maker: Maker): Promise<void> {
  for (const name of maker.some(FREE_NAMES, 1, 3)) {
    const redirectUri = maker
      .some(["https://a.example.test/cb", "https://b.example.test/cb?x=1&y=#z", "app:/cb"], 1, 3)
      .join("\n");
    await maker.post("oauth-apps.create", { name, active: maker.chance.is(0.7), redirectUri });
    maker.count("oauthApps");
  }
}
