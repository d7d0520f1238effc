/** Look-ups of the workspace as a whole: getRoles, getSetting, getServerInfo, getStatistics. */
import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { orUndefined } from "../client/api/codes.ts";
import { listRoles, ROLE_SCOPES } from "../client/api/roles.ts";
import { readSetting } from "../client/api/settings.ts";
import { type ApiStatistics, readStatistics } from "../client/api/statistics.ts";
import { isSecretSetting } from "../kinds/setting/schema.ts";
import { nameMatcher } from "./glob.ts";
import { type Inputs, invoke, invokeOutput, type LookUp } from "./invoke.ts";

export interface RoleResult {
  /** What people and permissions are given; of built-in roles the same as the name. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** "Users": held in the whole workspace; "Subscriptions": held in single rooms. */
  readonly scope: (typeof ROLE_SCOPES)[number];
  /** Built in. */
  readonly protected: boolean;
  readonly mandatory2fa: boolean;
}

const rolesArgs = z.strictObject({
  /** Default: both. */
  scope: z.enum(ROLE_SCOPES).optional(),
  /** Pattern of the name: `*` is any text, `?` one character; case does not count. */
  name: z.string().min(1).optional(),
});

export type GetRolesArgs = z.infer<typeof rolesArgs>;

const roles: LookUp<GetRolesArgs, RoleResult[]> = {
  name: "getRoles",
  args: rolesArgs,
  async find({ client }, { scope, name }) {
    const fits = nameMatcher(name);
    const all = (await listRoles(client)).map((role) => ({
      id: role._id,
      name: role.name,
      description: role.description ?? "",
      scope: role.scope ?? "Users",
      protected: role.protected ?? false,
      mandatory2fa: role.mandatory2fa ?? false,
    }));
    return all.filter((role) => fits(role.name) && (scope === undefined || role.scope === scope));
  },
};

/** All roles that fit. One call. */
export function getRoles(args: GetRolesArgs = {}, opts?: pulumi.InvokeOptions): Promise<RoleResult[]> {
  return invoke(roles, args, opts);
}

/** As `getRoles`, with outputs for arguments. */
export function getRolesOutput(
  args: Inputs<GetRolesArgs> = {},
  opts?: pulumi.InvokeOutputOptions,
): pulumi.Output<RoleResult[]> {
  return invokeOutput(roles, args, opts);
}

export interface SettingResult {
  readonly id: string;
  /** Text, number, flag or list, as the setting's type is. Undefined for one without a value. */
  readonly value: unknown;
}

const settingArgs = z.strictObject({
  /** Id, as `Site_Name`; case matters. */
  settingId: z.string().min(1),
});

export type GetSettingArgs = z.infer<typeof settingArgs>;

const setting: LookUp<GetSettingArgs, SettingResult | undefined> = {
  name: "getSetting",
  args: settingArgs,
  secret: ({ settingId }) => isSecretSetting(settingId),
  async find({ client }, { settingId }) {
    const row = await orUndefined(readSetting(client, settingId));
    if (isSecretSetting(settingId) && typeof row?.value === "string") client.hide(row.value);
    return row && { id: row._id, value: row.value };
  },
};

/** One setting, or undefined when the server has none of that id, or hides it from the account. One call. */
export function getSetting(args: GetSettingArgs, opts?: pulumi.InvokeOptions): Promise<SettingResult | undefined> {
  return invoke(setting, args, opts);
}

/** As `getSetting`, with outputs for arguments. A secret where the id tells that the setting holds a password, key or token. */
export function getSettingOutput(
  args: Inputs<GetSettingArgs>,
  opts?: pulumi.InvokeOutputOptions,
): pulumi.Output<SettingResult | undefined> {
  return invokeOutput(setting, args, opts);
}

export interface ServerInfoResult {
  /** Address of the workspace's root, without a trailing slash. */
  readonly url: string;
  /** "8.6": the server tells strangers no more. */
  readonly version: string;
  readonly major: number;
  readonly minor: number;
  /** The workspace's `uniqueID`; stays the same when the address changes. */
  readonly workspaceId: string;
}

const nothing = z.strictObject({});
type Nothing = Record<never, never>;

const serverInfo: LookUp<Nothing, ServerInfoResult> = {
  name: "getServerInfo",
  args: nothing,
  async find({ client }) {
    const [{ version, major, minor }, workspaceId] = await Promise.all([client.server(), client.workspaceId()]);
    return { url: client.url, version, major, minor, workspaceId };
  },
};

/** Which server answers. Needs no log-in; two calls, once per program. */
export function getServerInfo(args: Nothing = {}, opts?: pulumi.InvokeOptions): Promise<ServerInfoResult> {
  return invoke(serverInfo, args, opts);
}

/** As `getServerInfo`; waits for what `opts.dependsOn` names. */
export function getServerInfoOutput(
  args: Nothing = {},
  opts?: pulumi.InvokeOutputOptions,
): pulumi.Output<ServerInfoResult> {
  return invokeOutput(serverInfo, args, opts);
}

/** Counts, under the server's own names; which ones there are differs by version. */
export type StatisticsResult = ApiStatistics;

const statisticsArgs = z.strictObject({
  /** Counts anew, which takes a large server some time. Default false: the last count, at most some hours old. */
  refresh: z.boolean().optional(),
});

export type GetStatisticsArgs = z.infer<typeof statisticsArgs>;

const statistics: LookUp<GetStatisticsArgs, StatisticsResult> = {
  name: "getStatistics",
  args: statisticsArgs,
  find: ({ client }, { refresh = false }) => readStatistics(client, refresh),
};

/** How many people, rooms and messages there are. Needs the permission `view-statistics`. One call. */
export function getStatistics(args: GetStatisticsArgs = {}, opts?: pulumi.InvokeOptions): Promise<StatisticsResult> {
  return invoke(statistics, args, opts);
}

/** As `getStatistics`, with outputs for arguments. */
export function getStatisticsOutput(
  args: Inputs<GetStatisticsArgs> = {},
  opts?: pulumi.InvokeOutputOptions,
): pulumi.Output<StatisticsResult> {
  return invokeOutput(statistics, args, opts);
}
