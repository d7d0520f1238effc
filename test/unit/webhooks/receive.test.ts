import { inspect } from "node:util";
import { describe, expect, expectTypeOf, it } from "vitest";
import { InputError, MalformedWebhookError, WebhookTokenError } from "../../../provider/errors.ts";
import type { RoomChangedEvent, SendMessageEvent } from "../../../provider/webhooks/events.ts";
import { parseOutgoingWebhook } from "../../../provider/webhooks/receive.ts";

const token = "Agreed-Token";
const person = { user_id: "u1", user_name: "alice" };
const place = { channel_id: "r1", channel_name: "general" };
const timestamp = "2026-11-23T12:00:00.000Z";
const room = { _id: "r1", name: "general", t: "c" };
const user = { _id: "u1", username: "alice" };

/** As the server builds them, by event. */
const BODIES = {
  sendMessage: {
    token,
    bot: false,
    ...place,
    message_id: "m1",
    timestamp,
    ...person,
    text: "ask",
    siteUrl: "https://x",
  },
  fileUploaded: {
    token,
    bot: false,
    ...place,
    message_id: "m1",
    timestamp,
    ...person,
    text: "",
    user,
    room,
    message: {},
  },
  roomCreated: { token, bot: false, ...place, timestamp, ...person, owner: user, room },
  roomJoined: { token, bot: true, ...place, timestamp, ...person, user, room },
  userCreated: { token, bot: false, timestamp, ...person, user },
};

const failureOf = (body: unknown, options: Parameters<typeof parseOutgoingWebhook>[1] = { token }): Error => {
  try {
    parseOutgoingWebhook(body as object, options);
  } catch (error) {
    return error as Error;
  }
  throw new Error("nothing was thrown");
};

describe("parseOutgoingWebhook", () => {
  it.each([
    ["sendMessage", "sendMessage"],
    ["fileUploaded", "fileUploaded"],
    ["roomCreated", "roomCreated"],
    ["roomJoined", "roomChanged"],
    ["userCreated", "userCreated"],
  ] as const)("tells %s from what is there, as %s", (sent, event) => {
    expect(parseOutgoingWebhook(JSON.stringify(BODIES[sent]), { token })).toMatchObject({
      event,
      userId: "u1",
      userName: "alice",
      timestamp,
      bot: sent === "roomJoined",
    });
  });

  it("takes the event that the webhook is made for, and types it", () => {
    const joined = parseOutgoingWebhook(BODIES.roomJoined, { token, event: "roomJoined" });
    expectTypeOf(joined).toEqualTypeOf<RoomChangedEvent<"roomJoined">>();
    expect(joined.event).toBe("roomJoined");
    const sent = parseOutgoingWebhook(BODIES.sendMessage, { token, event: "sendMessage" });
    expectTypeOf(sent).toEqualTypeOf<SendMessageEvent>();
    expect(sent).toEqual({
      event: "sendMessage",
      userId: "u1",
      userName: "alice",
      timestamp,
      bot: false,
      channelId: "r1",
      channelName: "general",
      messageId: "m1",
      text: "ask",
      alias: undefined,
      isEdited: false,
      siteUrl: "https://x",
      triggerWord: undefined,
      threadMessageId: undefined,
    });
  });

  it("reads text, bytes, objects and forms alike", () => {
    const body = { ...BODIES.sendMessage, trigger_word: "ask", tmid: "m0", isEdited: true, bot: { i: "hook" } };
    const text = JSON.stringify(body);
    const wanted = parseOutgoingWebhook(body, { token });
    expect(wanted).toMatchObject({ triggerWord: "ask", threadMessageId: "m0", isEdited: true, bot: true });
    const fields = { ...BODIES.sendMessage, bot: "true", isEdited: "true", trigger_word: "ask", tmid: "m0" };
    for (const form of [new TextEncoder().encode(text), ` ${text}\n`, `payload=${encodeURIComponent(text)}`])
      expect(parseOutgoingWebhook(form, { token })).toEqual(wanted);
    expect(parseOutgoingWebhook(new URLSearchParams(fields).toString(), { token })).toEqual(wanted);
  });

  it("refuses a wrong or missing token as such, without showing either", () => {
    for (const given of ["Agreed-Token2", "", undefined, 5, null]) {
      const failure = failureOf({ ...BODIES.sendMessage, token: given });
      expect(failure).toBeInstanceOf(WebhookTokenError);
      expect(inspect(failure)).not.toContain("Agreed-Token");
    }
    expect(failureOf(BODIES.sendMessage, { token: "" })).toBeInstanceOf(InputError);
  });

  it("refuses what Rocket.Chat does not send as malformed", () => {
    for (const body of ["", "   ", "{", "[1]", "null", "plain", '"text"', 5, undefined])
      expect(failureOf(body), String(body)).toBeInstanceOf(MalformedWebhookError);
    const { user_name: _, ...without } = BODIES.sendMessage;
    const failure = failureOf({ ...without, message_id: 5 });
    expect(failure).toBeInstanceOf(MalformedWebhookError);
    expect(failure.message).toMatch(/no sendMessage event: .*user_name/);
    expect(failure.message).toContain("message_id");
    expect(failureOf(BODIES.userCreated, { token, event: "sendMessage" }).message).toContain("message_id");
  });
});
