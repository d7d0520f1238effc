/** For every kind: inputs that make one, and what each field's change must mean. The suite fails for a kind without a sample. */
import { channel } from "./channel.ts";
import { channelMember } from "./channel-member.ts";
import { customEmoji } from "./custom-emoji.ts";
import { customOAuthService } from "./custom-oauth-service.ts";
import { customSound } from "./custom-sound.ts";
import { customUserStatus } from "./custom-user-status.ts";
import { fileUpload } from "./file-upload.ts";
import { incomingWebhook } from "./incoming-webhook.ts";
import { invite } from "./invite.ts";
import { message } from "./message.ts";
import { oauthApp } from "./oauth-app.ts";
import { outgoingWebhook } from "./outgoing-webhook.ts";
import { permission } from "./permission.ts";
import { personalAccessToken } from "./personal-access-token.ts";
import { reaction } from "./reaction.ts";
import { role } from "./role.ts";
import { roleMember } from "./role-member.ts";
import type { Sample } from "./sample.ts";
import { setting } from "./setting.ts";
import { team } from "./team.ts";
import { teamMember } from "./team-member.ts";
import { user } from "./user.ts";

export const samples: Readonly<Record<string, Sample>> = {
  User: user,
  Channel: channel,
  ChannelMember: channelMember,
  IncomingWebhook: incomingWebhook,
  OutgoingWebhook: outgoingWebhook,
  PersonalAccessToken: personalAccessToken,
  Setting: setting,
  OAuthApp: oauthApp,
  CustomUserStatus: customUserStatus,
  Message: message,
  Reaction: reaction,
  Role: role,
  RoleMember: roleMember,
  Permission: permission,
  CustomEmoji: customEmoji,
  CustomSound: customSound,
  Invite: invite,
  CustomOAuthService: customOAuthService,
  Team: team,
  TeamMember: teamMember,
  FileUpload: fileUpload,
};
