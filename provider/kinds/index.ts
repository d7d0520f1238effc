/** The resource classes, for programs. */
export { Channel, type ChannelArgs } from "./channel/resource.ts";
export { ChannelMember, type ChannelMemberArgs } from "./channel-member/resource.ts";
export { CustomEmoji, type CustomEmojiArgs } from "./custom-emoji/resource.ts";
export { CustomSound, type CustomSoundArgs } from "./custom-sound/resource.ts";
export { CustomUserStatus, type CustomUserStatusArgs } from "./custom-user-status/resource.ts";
export { IncomingWebhook, type IncomingWebhookArgs } from "./incoming-webhook/resource.ts";
export { Message, type MessageArgs } from "./message/resource.ts";
export { OAuthApp, type OAuthAppArgs } from "./oauth-app/resource.ts";
export { OutgoingWebhook, type OutgoingWebhookArgs } from "./outgoing-webhook/resource.ts";
export { Permission, type PermissionArgs } from "./permission/resource.ts";
export { PersonalAccessToken, type PersonalAccessTokenArgs } from "./personal-access-token/resource.ts";
export { Provider, type ProviderArgs } from "./provider/resource.ts";
export { Reaction, type ReactionArgs } from "./reaction/resource.ts";
export { Role, type RoleArgs } from "./role/resource.ts";
export { RoleMember, type RoleMemberArgs } from "./role-member/resource.ts";
export { Setting, type SettingArgs } from "./setting/resource.ts";
export { User, type UserArgs } from "./user/resource.ts";
