/** What an outgoing webhook tells, by event. Types, and how each is read from what the server sends. Pure. */
import { z } from "zod";

/** The person, room or message as the server sends it: its own document, whose members differ by version. */
type Document = Readonly<Record<string, unknown>>;

interface Common {
  /** Who caused it. */
  readonly userId: string;
  readonly userName: string;
  /** ISO 8601. */
  readonly timestamp: string;
  /** A bot caused it, or a message that an integration posted: answering those makes loops. */
  readonly bot: boolean;
}

interface InRoom extends Common {
  readonly channelId: string;
  /** Undefined for direct rooms. */
  readonly channelName: string | undefined;
}

export interface SendMessageEvent extends InRoom {
  readonly event: "sendMessage";
  readonly messageId: string;
  readonly text: string;
  /** The word that set it off, where the webhook has trigger words. */
  readonly triggerWord: string | undefined;
  /** Name shown instead of the author's. */
  readonly alias: string | undefined;
  /** The message was edited; only where the webhook runs on edits. */
  readonly isEdited: boolean;
  /** Id of the message in whose thread it stands. */
  readonly threadMessageId: string | undefined;
  readonly siteUrl: string | undefined;
}

export interface FileUploadedEvent extends InRoom {
  readonly event: "fileUploaded";
  readonly messageId: string;
  readonly text: string;
  readonly alias: string | undefined;
  readonly user: Document;
  readonly room: Document;
  readonly message: Document;
}

export interface RoomCreatedEvent extends InRoom {
  readonly event: "roomCreated";
  readonly owner: Document;
  readonly room: Document;
}

export interface RoomChangedEvent<E extends string = "roomArchived" | "roomJoined" | "roomLeft" | "roomChanged">
  extends InRoom {
  /** "roomChanged" stands for one of the other three: the server does not send which. */
  readonly event: E;
  readonly user: Document;
  readonly room: Document;
}

export interface UserCreatedEvent extends Common {
  readonly event: "userCreated";
  readonly user: Document;
}

export type OutgoingWebhookEvent =
  | SendMessageEvent
  | FileUploadedEvent
  | RoomCreatedEvent
  | RoomChangedEvent<"roomArchived">
  | RoomChangedEvent<"roomJoined">
  | RoomChangedEvent<"roomLeft">
  | RoomChangedEvent<"roomChanged">
  | UserCreatedEvent;

export type OutgoingWebhookEventName = Exclude<OutgoingWebhookEvent["event"], "roomChanged">;

const document = z.record(z.string(), z.unknown());
const text = z.string();
/** Forms carry texts only. */
const flag = z.union([z.boolean(), z.stringbool()]);

const common = z.looseObject({
  user_id: text,
  user_name: text,
  timestamp: text,
  // An integration's messages have its id here.
  bot: z.union([flag, document]).default(false),
});
const inRoom = common.extend({ channel_id: text, channel_name: text.nullish() });
const message = inRoom.extend({ message_id: text, text: text.default(""), alias: text.optional() });

const SCHEMAS = {
  sendMessage: message.extend({
    trigger_word: text.optional(),
    isEdited: flag.default(false),
    tmid: text.optional(),
    siteUrl: text.optional(),
  }),
  fileUploaded: message.extend({ user: document, room: document, message: document }),
  roomCreated: inRoom.extend({ owner: document, room: document }),
  roomChanged: inRoom.extend({ user: document, room: document }),
  userCreated: common.extend({ user: document }),
} as const;

const shared = (data: z.infer<typeof common>) => ({
  userId: data.user_id,
  userName: data.user_name,
  timestamp: data.timestamp,
  bot: data.bot !== false,
});
const placed = (data: z.infer<typeof inRoom>) => ({
  ...shared(data),
  channelId: data.channel_id,
  channelName: data.channel_name ?? undefined,
});

/** The event's name is not sent: it follows from what is there, as far as that tells. */
export function eventOf(data: Document): OutgoingWebhookEvent["event"] {
  if ("message_id" in data) return "message" in data ? "fileUploaded" : "sendMessage";
  if ("owner" in data) return "roomCreated";
  return "channel_id" in data ? "roomChanged" : "userCreated";
}

/** Throws ZodError. */
export function readEvent(event: OutgoingWebhookEvent["event"], data: Document): OutgoingWebhookEvent {
  switch (event) {
    case "sendMessage": {
      const read = SCHEMAS.sendMessage.parse(data);
      const { message_id: messageId, text, alias, isEdited, siteUrl } = read;
      const more = { triggerWord: read.trigger_word, threadMessageId: read.tmid };
      return { event, ...placed(read), messageId, text, alias, isEdited, siteUrl, ...more };
    }
    case "fileUploaded": {
      const read = SCHEMAS.fileUploaded.parse(data);
      const { message_id: messageId, text, alias, user, room, message } = read;
      return { event, ...placed(read), messageId, text, alias, user, room, message };
    }
    case "roomCreated": {
      const read = SCHEMAS.roomCreated.parse(data);
      return { event, ...placed(read), owner: read.owner, room: read.room };
    }
    case "userCreated": {
      const read = SCHEMAS.userCreated.parse(data);
      return { event, ...shared(read), user: read.user };
    }
    default: {
      const read = SCHEMAS.roomChanged.parse(data);
      return { event, ...placed(read), user: read.user, room: read.room };
    }
  }
}
