/** Asks the server what is there already, and builds on it. */
import * as pulumi from "@pulumi/pulumi";
import * as rocketchat from "pulumi-rocketchat";

// A promise, where the arguments are plain values. What is not there is undefined.
const general = await rocketchat.getChannel({ channel: "general" });
if (general === undefined) throw new pulumi.RunError("This workspace has no room #general.");

// All pages, filtered.
const admins = await rocketchat.getUsers({ role: "admin", status: "active" });

const council = new rocketchat.Channel("council", {
  name: "council",
  private: true,
  topic: "Those who run this place",
  members: admins.map(({ username }) => username),
});

// An output, where an argument is one: before the first `up` the answer is not known.
const asMade = rocketchat.getChannelOutput({ channel: council.id });

// What the answer holds is a secret where it has a token.
const hook = rocketchat.getIntegrationOutput({ name: "alerts" });

const { version, workspaceId } = await rocketchat.getServerInfo();

export const server = { version, workspaceId };
export const generalTopic = general.topic;
export const councilMembers = asMade.apply((room) => room?.usersCount);
export const hasAlerts = hook.apply((found) => found !== undefined);
