/** The components, for programs. */

export type { TokenArgs } from "./base/args.ts";
export type { ServerSettings, SettingValue } from "./base/settings.ts";
export type {
  IngressArgs,
  ReleaseMongoArgs,
  ResourcesArgs,
  RocketChatReleaseArgs,
} from "./release/args.ts";
export { RocketChatRelease } from "./release/release.ts";
export type {
  BackupArgs,
  HttpsArgs,
  MongoArgs,
  NatsArgs,
  RocketChatServerArgs,
  VolumeArgs,
} from "./server/args.ts";
export type { FromCompose } from "./server/compose/compose.ts";
export type { ComposeNote, ComposeNoteKind } from "./server/compose/note.ts";
export { RocketChatServer } from "./server/server.ts";
export { LdapSignIn, type LdapSignInArgs } from "./sign-in/ldap.ts";
export { OAuthSignIn, type OAuthSignInArgs } from "./sign-in/oauth.ts";
export { SamlSignIn, type SamlSignInArgs } from "./sign-in/saml.ts";
export type { UserBatchArgs, UserRow } from "./user-batch/args.ts";
export { UserBatch } from "./user-batch/user-batch.ts";
export { Workspace, type WorkspaceArgs } from "./workspace/workspace.ts";
