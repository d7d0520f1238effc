/** `channels.*`: public rooms. */
import type { Route } from "../core/route.ts";
import { CHANNELS } from "../rooms/family.ts";
import { lifecycleRoutes } from "./family-lifecycle.ts";
import { listRoutes } from "./family-lists.ts";
import { joinRoute, memberRoutes } from "./family-members.ts";
import { setterRoutes } from "./family-setters.ts";

export const channelRoutes: readonly Route[] = [
  ...lifecycleRoutes(CHANNELS),
  ...setterRoutes(CHANNELS),
  ...memberRoutes(CHANNELS),
  joinRoute(CHANNELS),
  ...listRoutes(CHANNELS),
];
