/** Every kind by name: the one place where the provider process finds them. */
import type { AnyHandler } from "../engine/handler.ts";
import { channelHandler } from "./channel/handler.ts";
import { channelMemberHandler } from "./channel-member/handler.ts";
import { customEmojiHandler } from "./custom-emoji/handler.ts";
import { customOAuthServiceHandler } from "./custom-oauth-service/handler.ts";
import { customSoundHandler } from "./custom-sound/handler.ts";
import { customUserStatusHandler } from "./custom-user-status/handler.ts";
import { fileUploadHandler } from "./file-upload/handler.ts";
import { incomingWebhookHandler } from "./incoming-webhook/handler.ts";
import { inviteHandler } from "./invite/handler.ts";
import { messageHandler } from "./message/handler.ts";
import { oauthAppHandler } from "./oauth-app/handler.ts";
import { outgoingWebhookHandler } from "./outgoing-webhook/handler.ts";
import { permissionHandler } from "./permission/handler.ts";
import { personalAccessTokenHandler } from "./personal-access-token/handler.ts";
import { reactionHandler } from "./reaction/handler.ts";
import { roleHandler } from "./role/handler.ts";
import { roleMemberHandler } from "./role-member/handler.ts";
import { settingHandler } from "./setting/handler.ts";
import { teamHandler } from "./team/handler.ts";
import { teamMemberHandler } from "./team-member/handler.ts";
import { userHandler } from "./user/handler.ts";

const all: readonly AnyHandler[] = [
  userHandler,
  channelHandler,
  channelMemberHandler,
  incomingWebhookHandler,
  outgoingWebhookHandler,
  personalAccessTokenHandler,
  settingHandler,
  oauthAppHandler,
  customUserStatusHandler,
  messageHandler,
  reactionHandler,
  roleHandler,
  roleMemberHandler,
  permissionHandler,
  customEmojiHandler,
  customSoundHandler,
  inviteHandler,
  customOAuthServiceHandler,
  teamHandler,
  teamMemberHandler,
  fileUploadHandler,
];

export const handlers: ReadonlyMap<string, AnyHandler> = new Map(all.map((handler) => [handler.kind, handler]));
