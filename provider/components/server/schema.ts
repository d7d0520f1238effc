/** The same arguments as args.ts has, for machines: what is wrong is said when the component is declared. Knows no container. */
import { z } from "zod";
import { type Checked, checkSchema, type Failure } from "../../engine/check.ts";
import { field } from "../../engine/schema.ts";
import { knownPart } from "../../kinds/base/resource.ts";
import { adminFailures, adminFields, plainText, setting, variableFailures, versionFailures } from "../base/checks.ts";
import type { RocketChatServerArgs } from "./args.ts";

const text = z.string().min(1).optional();
const positive = z.number().int().min(1).optional();
/** Docker's own least for a container. */
const memory = z.number().int().min(6).optional();
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
  ...adminFields,
  settings: field(z.record(z.string(), setting).optional(), { secret: true }),
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

/** Rules over several arguments. Values that are not known yet are left alone. */
function crossFailures(args: z.infer<typeof schema>, isRemote: boolean): Failure[] {
  const failures: Failure[] = [];
  const say = (path: string, reason: string) => failures.push({ path, reason: `${path}: ${reason}` });
  if (args.mongo?.password !== undefined && args.mongo.auth !== true) {
    say("mongo.password", "is used with `mongo.auth: true` only");
  }
  if (isRemote && args.rootUrl === undefined && args.connectionUrl === undefined && args.https === undefined) {
    say("host", "Docker runs on another machine, so `rootUrl` or `connectionUrl` must say where the server is reached");
  }
  return [...failures, ...variableFailures(args.env ?? {}, args.settings ?? {}, OWN_VARIABLES)];
}

/** A Docker Engine that is not this machine's, as far as the address tells. */
export const isRemoteHost = (host: string | undefined): boolean => host !== undefined && /^(ssh|tcp):\/\//.test(host);

/** What is wrong with the arguments, as far as they are known when the component is declared. */
export function checkServerArgs(args: RocketChatServerArgs): readonly Failure[] {
  const { inputs, failures }: Checked = checkSchema(schema, knownPart(args), { reveal: true });
  const known = inputs as z.infer<typeof schema>;
  return [
    ...failures,
    ...versionFailures(known.version, known.mongo?.version),
    ...adminFailures(known),
    // These need all of them in their right form.
    ...(failures.length > 0 ? [] : crossFailures(known, isRemoteHost(plainText(known.host)))),
  ];
}
