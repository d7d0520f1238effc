/** All routes of the sandbox, joined. One line per area. */
import type { Route } from "../core/route.ts";
import { accessTokenRoutes } from "./access-tokens.ts";
import { authRoutes } from "./auth.ts";
import { channelRoutes } from "./channels.ts";
import { directRoutes } from "./direct.ts";
import { emojiRoutes } from "./emojis.ts";
import { groupRoutes } from "./groups.ts";
import { hookRoutes } from "./hooks.ts";
import { infoRoutes } from "./info.ts";
import { integrationRoutes } from "./integrations.ts";
import { inviteRoutes } from "./invites.ts";
import { messageRoutes } from "./messages.ts";
import { oauthAppRoutes } from "./oauth-apps.ts";
import { pageRoutes } from "./page.ts";
import { permissionRoutes } from "./permissions.ts";
import { roleRoutes } from "./roles.ts";
import { customRoleRoutes } from "./roles-custom.ts";
import { roomRoutes } from "./rooms.ts";
import { settingRoutes } from "./settings.ts";
import { soundRoutes } from "./sounds.ts";
import { teamRoutes } from "./teams.ts";
import { teamRoomRoutes } from "./teams-rooms.ts";
import { uploadRoutes } from "./uploads.ts";
import { userStatusRoutes } from "./user-statuses.ts";
import { userRoutes } from "./users.ts";
import { moreUserRoutes } from "./users-more.ts";

export const routes: readonly Route[] = [
  ...pageRoutes,
  ...authRoutes,
  ...infoRoutes,
  ...userRoutes,
  ...moreUserRoutes,
  ...accessTokenRoutes,
  ...settingRoutes,
  ...teamRoutes,
  ...teamRoomRoutes,
  ...uploadRoutes,
  ...oauthAppRoutes,
  ...emojiRoutes,
  ...soundRoutes,
  ...userStatusRoutes,
  ...inviteRoutes,
  ...permissionRoutes,
  ...roleRoutes,
  ...customRoleRoutes,
  ...channelRoutes,
  ...directRoutes,
  ...groupRoutes,
  ...hookRoutes,
  ...integrationRoutes,
  ...messageRoutes,
  ...roomRoutes,
];
