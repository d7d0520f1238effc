/** Webhooks for a program's own use. Loads no Pulumi: services import it as `pulumi-rocketchat/webhooks`. */
export { MalformedWebhookError, WebhookTokenError } from "../errors.ts";
export type {
  FileUploadedEvent,
  OutgoingWebhookEvent,
  OutgoingWebhookEventName,
  RoomChangedEvent,
  RoomCreatedEvent,
  SendMessageEvent,
  UserCreatedEvent,
} from "./events.ts";
export type { WebhookPayload } from "./payload.ts";
export * from "./receive.ts";
export * from "./send.ts";
