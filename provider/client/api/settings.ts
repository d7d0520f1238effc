/** Calls around workspace settings. The server checks neither type nor options of what is written: callers do. */
import { z } from "zod";
import { CallError, NotFoundError } from "../../errors.ts";
import type { Client } from "../client.ts";

/** Name of the list of all settings, for `Lists`. */
export const SETTING_LIST = "settings";

/** `packageValue`: the factory default. A setting without a value has no `value` at all. */
export interface SettingRow {
  readonly _id: string;
  readonly value?: unknown;
  readonly packageValue?: unknown;
}

const row = z.object({ _id: z.string(), value: z.unknown().optional(), packageValue: z.unknown().optional() });

const pathOf = (id: string) => `/api/v1/settings/${encodeURIComponent(id)}`;

/** Unknown and hidden settings are answered with a bare 400 `{success:false}`, which no other failure of these routes is. */
async function orNotFound<T>(id: string, call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof CallError && error.call.status === 400 && !error.call.errorType && !error.call.serverMessage) {
      throw new NotFoundError(`${error.call.operation}: the server has no setting "${id}".`, error.call, {
        cause: error,
      });
    }
    throw error;
  }
}

/** Throws NotFoundError. Ids are matched with their case. */
export const readSetting = (client: Client, id: string): Promise<SettingRow> =>
  orNotFound(
    id,
    client.call({ name: "settings", method: "GET", path: pathOf(id), repeat: "read", response: row }),
  ) as Promise<SettingRow>;

/** Throws NotFoundError. The same value again is a success; the answer does not echo the value. */
export async function writeSetting(
  client: Client,
  id: string,
  value: unknown,
  editor?: "color" | "expression",
): Promise<void> {
  await orNotFound(
    id,
    client.call({
      name: "settings",
      method: "POST",
      path: pathOf(id),
      body: editor === undefined ? { value } : { value, editor },
      repeat: "idempotent",
      response: z.unknown(),
    }),
  );
}

/** One page of all settings that the account may see, with factory defaults. */
export async function listSettings(
  client: Client,
  offset: number,
  count: number,
): Promise<{ rows: SettingRow[]; total: number }> {
  const answer = await client.call({
    name: "settings",
    method: "GET",
    path: "/api/v1/settings",
    query: { includeDefaults: true, offset, count },
    repeat: "read",
    response: z.object({ settings: z.array(row), total: z.number() }),
  });
  return { rows: answer.settings as SettingRow[], total: answer.total };
}

/** Makes the settings of a custom OAuth service, switched off. One that is there already stays as it is. */
export async function addCustomOAuth(client: Client, name: string): Promise<void> {
  await client.call({
    name: "settings.addCustomOAuth",
    method: "POST",
    path: "/api/v1/settings.addCustomOAuth",
    body: { name },
    repeat: "idempotent",
    response: z.unknown(),
  });
}

/** False where the server can't (8.6 and older). One that is gone is no error. */
export async function removeCustomOAuth(client: Client, name: string): Promise<boolean> {
  try {
    await client.call({
      name: "settings.removeCustomOAuth",
      method: "POST",
      path: "/api/v1/settings.removeCustomOAuth",
      body: { name },
      repeat: "idempotent",
      response: z.unknown(),
    });
    return true;
  } catch (error) {
    if (error instanceof CallError && error.call.status === 404) return false;
    throw error;
  }
}
