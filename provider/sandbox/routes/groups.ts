/** `groups.*`: private rooms. */
import type { Route } from "../core/route.ts";
import { GROUPS } from "../rooms/family.ts";
import { lifecycleRoutes } from "./family-lifecycle.ts";
import { listRoutes } from "./family-lists.ts";
import { memberRoutes } from "./family-members.ts";
import { setterRoutes } from "./family-setters.ts";

export const groupRoutes: readonly Route[] = [
  ...lifecycleRoutes(GROUPS),
  ...setterRoutes(GROUPS),
  ...memberRoutes(GROUPS),
  ...listRoutes(GROUPS),
];
