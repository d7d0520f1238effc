/** What the killed runs do: small workspaces before and after, and what somebody else changes on the server between. */

import type { Fault } from "../../../provider/sandbox/core/faults.ts";
import { type Declarations, declare, edited, expression, without } from "../programs.ts";
import type { Reader } from "../reader.ts";

const user = (username: string, more = {}) =>
  declare("User", {
    username,
    name: `The ${username}`,
    email: `${username}@example.com`,
    password: "Same-For-All-1",
    ...more,
  });

/** Every kind, with chains: people in rooms, seats in rooms, a token with and one without a rotation. */
export const SMALL: Declarations = {
  person0: user("person0", { statusText: "At work", onDestroy: "delete" }),
  person1: user("person1"),
  room0: declare("Channel", { name: "room0", topic: "First", members: [expression("person0.username")] }),
  room1: declare("Channel", { name: "room1", topic: "Second", private: true, onDestroy: "delete" }),
  seat0: declare("ChannelMember", { channel: expression("room0.id"), username: expression("person1.username") }),
  seat1: declare("ChannelMember", { channel: expression("room1.id"), username: expression("person1.username") }),
  hook0: declare("IncomingWebhook", { name: "Incoming 0", channel: "#general", username: "rocket.cat" }),
  hook1: declare("OutgoingWebhook", {
    name: "Outgoing 0",
    event: "sendMessage",
    channel: "#general",
    urls: ["https://hooks.example.com/0"],
    username: "rocket.cat",
    token: "an-outgoing-token",
  }),
  token0: declare("PersonalAccessToken", { name: "token-0" }),
  token1: declare("PersonalAccessToken", { name: "token-1", triggers: { turn: 1 } }),
  setting0: declare("Setting", { settingId: "Site_Name", value: "Before" }),
};

/** The same resources, each with another value that is changed in place. */
const CHANGED = edited(SMALL, {
  person0: { statusText: "On leave", name: "Somebody else" },
  person1: { username: "person1b", email: "person1b@example.com" },
  room0: { topic: "First, changed", members: [expression("person0.username"), "rocket.cat"] },
  room1: { name: "room1b", topic: "Second, changed" },
  hook0: { name: "Incoming, changed" },
  hook1: { urls: ["https://hooks.example.com/changed"] },
  setting0: { value: "After" },
});

/** The old object goes first for the room (and takes its seat along), the other seat and a token; last for the rest. */
const REPLACED = edited(SMALL, {
  room1: { broadcast: true },
  seat0: { username: expression("person0.username") },
  token0: { bypassTwoFactor: true },
  token1: { triggers: { turn: 2 } },
  setting0: { settingId: "Message_MaxAllowedSize", value: 4321 },
});

/** Half of it gone, others in its place. */
const EXCHANGED: Declarations = {
  ...without(SMALL, "person0", "room0", "seat0", "hook0", "token1", "setting0"),
  person2: user("person2"),
  room2: declare("Channel", { name: "room2", topic: "Third", members: [expression("person2.username")] }),
  hook2: declare("IncomingWebhook", { name: "Incoming 2", channel: "#general", username: "rocket.cat" }),
  token2: declare("PersonalAccessToken", { name: "token-2" }),
};

export interface Operation {
  readonly verb: "up" | "refresh" | "destroy";
  /** What stands in the state and on the server when it begins. */
  readonly before: Declarations;
  /** What the program declares. */
  readonly after: Declarations;
  /** What somebody does by hand in between. */
  readonly meanwhile?: (reader: Reader) => Promise<void>;
  /** Calls that the server refuses until the last run. */
  readonly faults?: readonly Fault[];
  /** Resources that it may give another id, or that it removes; all others keep theirs. */
  readonly exchanged: readonly string[];
}

export const OPERATIONS = {
  create: { verb: "up", before: {}, after: SMALL, exchanged: [] },
  // Made, but not wholly: the run fails, and the next one goes on from there.
  stumble: {
    verb: "up",
    before: {},
    after: SMALL,
    faults: [
      {
        path: "channels.invite",
        action: "status",
        times: 100,
        status: 400,
        contentType: "application/json",
        body: '{"success":false,"error":"not today"}',
      },
    ],
    exchanged: [],
  },
  update: { verb: "up", before: SMALL, after: CHANGED, exchanged: [] },
  replace: {
    verb: "up",
    before: SMALL,
    after: REPLACED,
    exchanged: ["room1", "seat0", "seat1", "token0", "token1", "setting0"],
  },
  exchange: {
    verb: "up",
    before: SMALL,
    after: EXCHANGED,
    exchanged: Object.keys(without(SMALL, ...Object.keys(EXCHANGED))),
  },
  refresh: {
    verb: "refresh",
    before: SMALL,
    // What is gone from the server goes from the state.
    after: without(SMALL, "hook0", "token0"),
    exchanged: [],
    async meanwhile(reader) {
      const { _id } = await reader.room("room0");
      await reader.post("channels.setTopic", { roomId: _id, topic: "Changed by hand" });
      const hook = (await reader.integrations()).find(({ name }) => name === "Incoming 0");
      await reader.post("integrations.remove", { type: "webhook-incoming", integrationId: hook?._id });
      await reader.post("users.removePersonalAccessToken", { tokenName: "token-0" });
      await reader.post("settings/Site_Name", { value: "Changed by hand" });
    },
  },
  destroy: { verb: "destroy", before: SMALL, after: {}, exchanged: Object.keys(SMALL) },
} as const satisfies Record<string, Operation>;

export type OperationName = keyof typeof OPERATIONS;
