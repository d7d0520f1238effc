/** The one place for differences between server versions 6.x, 7.x, 8.x and 9.0. Pure data, no calls. */
import type { ServerInfo } from "./client.ts";

/** What a server can do, or wants done otherwise. */
export interface Features {
  /** `POST settings` with several settings at once (8.6). */
  readonly bulkSettings: boolean;
  /** rooms.saveRoomSettings takes `joinCode`, `roomCustomFields` and `systemMessages` (8.x; the schema of 8.0 lacks them). */
  readonly extendedRoomSettings: boolean;
  /** `rooms.upload/:rid` is there (until 7.x); rooms.media with mediaConfirm since 6.10. */
  readonly roomsUpload: boolean;
  /** users.info and users.list take `email` (8.4). */
  readonly usersByEmail: boolean;
  /** Sounds can be written over REST (8.5). */
  readonly customSoundsWriting: boolean;
  /** chat.delete by `fileId` (8.6). */
  readonly deleteMessageByFile: boolean;
  /** Personal access tokens with bypassTwoFactor do bypass it over REST; broken from 8.0 until 8.6. */
  readonly tokenBypassesTwoFactor: boolean;
  /** permissions.addRole and permissions.removeRole (8.7). */
  readonly permissionsByRole: boolean;
  /** channels.* and groups.* refuse unknown keys (8.8). */
  readonly strictRooms: boolean;
  /** Roles may be named instead of given by id (until 7.x). */
  readonly rolesByName: boolean;
  /** integrations.update keeps what is left out of an incoming integration (7.x on; 6.x may clear it). */
  readonly updateKeepsOmitted: boolean;
  /** Custom OAuth needs a licence (9.0). */
  readonly customOAuthNeedsLicence: boolean;
}

/** Oldest version that the answers were checked against. */
export const oldestVersion = "6.0";

export function featuresOf(server: ServerInfo): Features {
  const since = (major: number, minor: number) =>
    server.major > major || (server.major === major && server.minor >= minor);
  return {
    bulkSettings: since(8, 6),
    extendedRoomSettings: since(8, 1),
    roomsUpload: !since(8, 0),
    usersByEmail: since(8, 4),
    customSoundsWriting: since(8, 5),
    deleteMessageByFile: since(8, 6),
    tokenBypassesTwoFactor: since(8, 6) || !since(8, 0),
    permissionsByRole: since(8, 7),
    strictRooms: since(8, 8),
    rolesByName: !since(8, 0),
    updateKeepsOmitted: since(7, 0),
    customOAuthNeedsLicence: since(9, 0),
  };
}

/** Reads "8.6", "8.6.1" or "9.0.0-rc.2"; undefined for anything else. */
export function parseVersion(version: string): ServerInfo | undefined {
  const match = /^(\d+)\.(\d+)(\.|-|$)/.exec(version);
  return match ? { version, major: Number(match[1]), minor: Number(match[2]) } : undefined;
}
