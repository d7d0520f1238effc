/** All routes of the sandbox, joined. One line per area. */
import type { Route } from "../core/route.ts";
import { authRoutes } from "./auth.ts";
import { infoRoutes } from "./info.ts";

export const routes: readonly Route[] = [...authRoutes, ...infoRoutes];
