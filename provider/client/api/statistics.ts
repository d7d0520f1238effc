/** Counts of a workspace. Knows no kinds. */
import { z } from "zod";
import type { Client } from "../client.ts";

const statistics = z.looseObject({
  version: z.string(),
  uniqueId: z.string().optional(),
  totalUsers: z.number(),
  activeUsers: z.number().optional(),
  nonActiveUsers: z.number().optional(),
  onlineUsers: z.number().optional(),
  totalRooms: z.number(),
  totalChannels: z.number().optional(),
  totalPrivateGroups: z.number().optional(),
  totalDirect: z.number().optional(),
  totalDiscussions: z.number().optional(),
  totalThreads: z.number().optional(),
  totalMessages: z.number().optional(),
  createdAt: z.string().optional(),
});

export type ApiStatistics = z.infer<typeof statistics>;

/** Without `refresh` the counts of the last hourly count. Needs the permission view-statistics. */
export const readStatistics = (client: Client, refresh: boolean): Promise<ApiStatistics> =>
  client.call({
    name: "statistics",
    method: "GET",
    path: "/api/v1/statistics",
    query: { refresh },
    repeat: "read",
    response: statistics,
  });
