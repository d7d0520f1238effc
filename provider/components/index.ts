/** The components, for programs. */
export type {
  BackupArgs,
  HttpsArgs,
  MongoArgs,
  NatsArgs,
  RocketChatServerArgs,
  TokenArgs,
} from "./server/args.ts";
export { RocketChatServer } from "./server/server.ts";
export type { ServerSettings, SettingValue } from "./server/settings.ts";
