/** The one place for differences between server versions 6.x, 7.x, 8.x and 9.0. Pure data, no calls. */
import type { ServerInfo } from "./client.ts";

/** What a server can do, or wants done otherwise. A difference is added here when code first depends on it. */
export interface Features {
  /** rooms.saveRoomSettings takes `joinCode` and `roomCustomFields`: 7.x and 8.1 on; not 6.x, and 8.0's schema lacks them. */
  readonly extendedRoomSettings: boolean;
  /** channels.* and groups.* refuse unknown keys (8.8). */
  readonly strictRooms: boolean;
  /** integrations.update honours `username` on incoming integrations (7.0). */
  readonly movesIncomingWebhooks: boolean;
  /** custom-sounds.create, .update, .delete and .getOne exist (8.5; before, the realtime API only). */
  readonly writesSounds: boolean;
  /** rooms.media and rooms.mediaConfirm instead of rooms.upload (8.0 removed the latter). */
  readonly uploadsInTwoSteps: boolean;
  /** chat.delete takes `fileId` (8.6). */
  readonly deletesByFile: boolean;
}

export function featuresOf(server: ServerInfo): Features {
  const since = (major: number, minor: number) =>
    server.major > major || (server.major === major && server.minor >= minor);
  return {
    extendedRoomSettings: since(8, 1) || server.major === 7,
    strictRooms: since(8, 8),
    movesIncomingWebhooks: since(7, 0),
    writesSounds: since(8, 5),
    uploadsInTwoSteps: since(8, 0),
    deletesByFile: since(8, 6),
  };
}

/** Reads "8.6", "8.6.1" or "9.0.0-rc.2"; undefined for anything else. */
export function parseVersion(version: string): ServerInfo | undefined {
  const match = /^(\d+)\.(\d+)(\.|-|$)/.exec(version);
  return match ? { version, major: Number(match[1]), minor: Number(match[2]) } : undefined;
}
