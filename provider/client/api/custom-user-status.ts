/** Statuses that people can choose beside the usual ones. Knows no kinds. */
import { z } from "zod";
import type { Client } from "../client.ts";
import { orUndefined } from "./codes.ts";

export const USER_STATUS_LIST = "custom-user-status.list";
export const STATUS_TYPES = ["online", "away", "busy", "offline"] as const;

const status = z.object({
  _id: z.string(),
  name: z.string(),
  /** "" where none was given. */
  statusType: z.string().nullish(),
  _updatedAt: z.string().nullish(),
});

export type CustomUserStatus = z.infer<typeof status>;

/** A page of the list, or the one with an id. */
export async function listUserStatuses(
  client: Client,
  offset: number,
  count: number,
  filter: { _id?: string; name?: string } = {},
): Promise<{ rows: CustomUserStatus[]; total: number }> {
  const { statuses, total } = await client.call({
    name: USER_STATUS_LIST,
    method: "GET",
    path: "/api/v1/custom-user-status.list",
    query: { offset, count, ...filter },
    repeat: "read",
    response: z.object({ statuses: z.array(status), total: z.number() }),
  });
  return { rows: statuses, total };
}

const answer = z.object({ customUserStatus: status });

/** Throws ConflictError when the name is taken. */
export async function createUserStatus(
  client: Client,
  fields: { name: string; statusType?: string },
): Promise<CustomUserStatus> {
  const { customUserStatus } = await client.call({
    name: "custom-user-status.create",
    method: "POST",
    path: "/api/v1/custom-user-status.create",
    body: fields,
    repeat: "once",
    response: answer,
  });
  return customUserStatus;
}

/** `statusType` left out is erased by 8.x and kept by 7.x: so it is always sent. */
export async function updateUserStatus(
  client: Client,
  fields: { _id: string; name: string; statusType: string },
): Promise<CustomUserStatus> {
  const { customUserStatus } = await client.call({
    name: "custom-user-status.update",
    method: "POST",
    path: "/api/v1/custom-user-status.update",
    body: fields,
    repeat: "idempotent",
    response: answer,
  });
  return customUserStatus;
}

/** One that is gone is no error. */
export async function deleteUserStatus(client: Client, customUserStatusId: string): Promise<void> {
  await orUndefined(
    client.call({
      name: "custom-user-status.delete",
      method: "POST",
      path: "/api/v1/custom-user-status.delete",
      body: { customUserStatusId },
      repeat: "idempotent",
      response: z.unknown(),
    }),
    "Custom_User_Status_Error_Invalid_User_Status",
  );
}
