/** Arguments that servers have on every platform: their types for machines, and what is wrong with them. Knows no platform. */
import { z } from "zod";
import type { Failure } from "../../engine/check.ts";
import { field, isUnknown } from "../../engine/schema.ts";
import { refuseWeak } from "../../kinds/local/generated-password.ts";
import { DEFAULT_VERSION, refusePair, refuseVersion } from "../../kinds/local/versions.ts";
import { overwriteName } from "./settings.ts";

const text = z.string().min(1).optional();
/** The server makes another user than the one asked for when the name is reserved. */
const RESERVED = ["all", "here", "administrator", "system", "user"];

/** What a setting can hold. */
export const setting = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]);

export const adminFields = {
  adminUsername: z
    .string()
    .regex(/^[\w.-]+$/)
    .optional(),
  adminPassword: field(text, { secret: true }),
  adminEmail: z.email().optional(),
  adminName: text,
};

/** Values that are plain in the program; undefined also for those that are not known yet. */
export const plainText = (given: unknown): string | undefined =>
  typeof given === "string" && !isUnknown(given) ? given : undefined;

export function versionFailures(version: unknown, mongoVersion: unknown): Failure[] {
  const [server, database] = [plainText(version ?? DEFAULT_VERSION), plainText(mongoVersion)];
  const wrong = server === undefined ? undefined : refuseVersion(server);
  if (wrong !== undefined) return [{ path: "version", reason: wrong }];
  if (server === undefined || database === undefined) return [];
  const pair = refusePair(server, database);
  return pair === undefined ? [] : [{ path: "mongo.version", reason: pair }];
}

/** `own`: variables that the component sets, and what is to be used instead. */
export function variableFailures(env: object, settings: object, own: Readonly<Record<string, string>>): Failure[] {
  return Object.keys(env).flatMap((name) => {
    const path = `env.${name}`;
    const instead =
      own[name] ??
      Object.keys(settings)
        .find((id) => overwriteName(id) === name)
        ?.replace(/^/, "settings.") ??
      (name === "OVERWRITE_SETTING_Show_Setup_Wizard" ? "nothing, the wizard is off" : undefined);
    if (instead !== undefined) return [{ path, reason: `${path}: is set by the component; use \`${instead}\`` }];
    return /^[A-Za-z_]\w*$/.test(name) ? [] : [{ path, reason: `${path}: is no name of an environment variable` }];
  });
}

export function adminFailures(args: { adminUsername?: unknown; adminPassword?: unknown }): Failure[] {
  const [username, password] = [plainText(args.adminUsername), plainText(args.adminPassword)];
  const weak = password === undefined ? undefined : refuseWeak(password, username);
  return [
    ...(weak === undefined
      ? []
      : [{ path: "adminPassword", reason: `adminPassword: ${weak}. Leave it out to have one made.` }]),
    ...(username === undefined || !RESERVED.includes(username.toLowerCase())
      ? []
      : [
          {
            path: "adminUsername",
            reason: `adminUsername: "${username}" is reserved by Rocket.Chat, which would make "admin" instead`,
          },
        ]),
  ];
}
