/** The same arguments as args.ts has, for machines: what is wrong is said when the component is declared. Knows no container. */
import { z } from "zod";
import { type Checked, checkSchema, type Failure } from "../../engine/check.ts";
import { field, isUnknown } from "../../engine/schema.ts";
import { knownPart } from "../../kinds/base/resource.ts";
import { refuseWeak } from "../../kinds/local/generated-password.ts";
import { DEFAULT_VERSION, refusePair, refuseVersion } from "../../kinds/local/versions.ts";
import type { RocketChatServerArgs } from "./args.ts";
import { overwriteName } from "./settings.ts";

const text = z.string().min(1).optional();
const positive = z.number().int().min(1).optional();
/** Docker's own least for a container. */
const memory = z.number().int().min(6).optional();
/** The server makes another user than the one asked for when the name is reserved. */
const RESERVED = ["all", "here", "administrator", "system", "user"];
/** What the component says itself, and where it is to be said. */
const OWN_VARIABLES: Readonly<Record<string, string>> = {
  ROOT_URL: "rootUrl",
  PORT: "port",
  MONGO_URL: "mongo",
  ADMIN_USERNAME: "adminUsername",
  ADMIN_PASS: "adminPassword",
  ADMIN_EMAIL: "adminEmail",
  ADMIN_NAME: "adminName",
  TRANSPORTER: "nats",
};

const httpUrl = z
  .string()
  .regex(/^https?:\/\/[^/\s]+(\/\S*)?$/)
  .optional();
const port = z.number().int().min(1).max(65_535).optional();
/** A volume's name, or an absolute path. */
const source = z.string().regex(/^(\/|[a-zA-Z0-9][a-zA-Z0-9_.-]*$)/);
const value = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]);

const schema = z.strictObject({
  version: text,
  image: text,
  upgradeFrom: text,
  mongo: z
    .strictObject({
      version: text,
      image: text,
      auth: z.boolean().optional(),
      password: field(text, { secret: true }),
      data: source.optional(),
      aliases: z.array(z.string().regex(/^[a-zA-Z0-9][\w.-]*$/)).optional(),
      memoryMb: memory,
    })
    .optional(),
  rootUrl: httpUrl,
  port,
  bindAddress: text,
  connectionUrl: httpUrl,
  insecure: z.boolean().optional(),
  adminUsername: z
    .string()
    .regex(/^[\w.-]+$/)
    .optional(),
  adminPassword: field(text, { secret: true }),
  adminEmail: z.email().optional(),
  adminName: text,
  settings: field(z.record(z.string(), value).optional(), { secret: true }),
  env: field(z.record(z.string(), z.string()).optional(), { secret: true }),
  volumes: z
    .array(z.strictObject({ source, target: z.string().regex(/^\//), readOnly: z.boolean().optional() }))
    .optional(),
  memoryMb: memory,
  restart: z.enum(["no", "on-failure", "always", "unless-stopped"]).optional(),
  startTimeoutSeconds: positive,
  nats: z.union([z.boolean(), z.strictObject({ version: text })]).optional(),
  https: z
    .strictObject({
      domain: z.string().regex(/^[a-zA-Z0-9.-]+$/),
      email: z.email(),
      version: text,
      acmeServer: httpUrl,
      bindAddress: text,
    })
    .optional(),
  backup: z.union([z.boolean(), z.strictObject({ everyHours: positive, keep: positive })]).optional(),
  restoreFrom: z.string().regex(/^\//).optional(),
  host: z
    .string()
    .regex(/^(ssh|unix|tcp|npipe):\/\//)
    .optional(),
  namePrefix: z
    .string()
    .regex(/^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/)
    .optional(),
  retainData: z.boolean().optional(),
  personalAccessToken: z.union([z.boolean(), z.strictObject({ name: text })]).optional(),
} satisfies Record<keyof RocketChatServerArgs, z.ZodType>);

/** Values that are plain in the program; undefined also for those that are not known yet. */
const plainText = (given: unknown): string | undefined =>
  typeof given === "string" && !isUnknown(given) ? given : undefined;

function versionFailures(version: unknown, mongoVersion: unknown): Failure[] {
  const [server, database] = [plainText(version ?? DEFAULT_VERSION), plainText(mongoVersion)];
  const wrong = server === undefined ? undefined : refuseVersion(server);
  if (wrong !== undefined) return [{ path: "version", reason: wrong }];
  if (server === undefined || database === undefined) return [];
  const pair = refusePair(server, database);
  return pair === undefined ? [] : [{ path: "mongo.version", reason: pair }];
}

function variableFailures(env: object, settings: object): Failure[] {
  return Object.keys(env).flatMap((name) => {
    const path = `env.${name}`;
    const instead =
      OWN_VARIABLES[name] ??
      Object.keys(settings)
        .find((id) => overwriteName(id) === name)
        ?.replace(/^/, "settings.") ??
      (name === "OVERWRITE_SETTING_Show_Setup_Wizard" ? "nothing, the wizard is off" : undefined);
    if (instead !== undefined) return [{ path, reason: `${path}: is set by the component; use \`${instead}\`` }];
    return /^[A-Za-z_]\w*$/.test(name) ? [] : [{ path, reason: `${path}: is no name of an environment variable` }];
  });
}

/** Rules over several arguments. Values that are not known yet are left alone. */
function crossFailures(args: z.infer<typeof schema>, isRemote: boolean): Failure[] {
  const failures: Failure[] = [];
  const say = (path: string, reason: string) => failures.push({ path, reason: `${path}: ${reason}` });
  if (args.adminUsername !== undefined && RESERVED.includes(args.adminUsername.toLowerCase())) {
    say("adminUsername", `"${args.adminUsername}" is reserved by Rocket.Chat, which would make "admin" instead`);
  }
  if (args.mongo?.password !== undefined && args.mongo.auth !== true) {
    say("mongo.password", "is used with `mongo.auth: true` only");
  }
  if (isRemote && args.rootUrl === undefined && args.connectionUrl === undefined && args.https === undefined) {
    say("host", "Docker runs on another machine, so `rootUrl` or `connectionUrl` must say where the server is reached");
  }
  return [...failures, ...variableFailures(args.env ?? {}, args.settings ?? {})];
}

/** A Docker Engine that is not this machine's, as far as the address tells. */
export const isRemoteHost = (host: string | undefined): boolean => host !== undefined && /^(ssh|tcp):\/\//.test(host);

/** What is wrong with the arguments, as far as they are known when the component is declared. */
export function checkServerArgs(args: RocketChatServerArgs): readonly Failure[] {
  const { inputs, failures }: Checked = checkSchema(schema, knownPart(args), { reveal: true });
  const { version, mongo, adminUsername, adminPassword } = inputs as z.infer<typeof schema>;
  const weak = plainText(adminPassword) && refuseWeak(String(adminPassword), plainText(adminUsername));
  return [
    ...failures,
    ...versionFailures(version, mongo?.version),
    ...(weak ? [{ path: "adminPassword", reason: `adminPassword: ${weak}. Leave it out to have one made.` }] : []),
    // These need all of them in their right form.
    ...(failures.length > 0
      ? []
      : crossFailures(inputs as z.infer<typeof schema>, isRemoteHost(plainText(inputs.host)))),
  ];
}
