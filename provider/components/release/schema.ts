/** The same arguments as args.ts has, for machines: what is wrong is said when the component is declared. Knows no chart. */
import { z } from "zod";
import { checkSchema, type Failure } from "../../engine/check.ts";
import { field } from "../../engine/schema.ts";
import { knownPart } from "../../kinds/base/resource.ts";
import { adminFailures, adminFields, plainText, setting, variableFailures, versionFailures } from "../base/checks.ts";
import { overwriteName } from "../base/settings.ts";
import type { RocketChatReleaseArgs } from "./args.ts";

const text = z.string().min(1).optional();
const httpUrl = z
  .string()
  .regex(/^https?:\/\/[^/\s]+(\/\S*)?$/)
  .optional();
/** Of a volume, of memory or of processors. */
const quantity = z.string().regex(/^\d+(\.\d+)?(m|[kMGTPE]i?)?$/);
const resources = z
  .strictObject({
    requests: z.record(z.string(), quantity).optional(),
    limits: z.record(z.string(), quantity).optional(),
  })
  .optional();

/** What the chart says of the environment, and where it is to be said. */
const OWN_VARIABLES: Readonly<Record<string, string>> = {
  ROOT_URL: "rootUrl",
  PORT: "nothing, it is 3000",
  MONGO_URL: "mongo.externalUrl",
  ADMIN_USERNAME: "adminUsername",
  ADMIN_PASS: "adminPassword",
  ADMIN_EMAIL: "adminEmail",
  ADMIN_NAME: "adminName",
  TRANSPORTER: "nats",
  INSTANCE_IP: "nothing, it is the pod's",
  DEPLOY_PLATFORM: "nothing, it is the chart's",
  [overwriteName("Prometheus_Enabled")]: "values.prometheusScraping.enabled",
  [overwriteName("Prometheus_Port")]: "values.prometheusScraping.port",
};

const schema = z.strictObject({
  rootUrl: z.string().regex(/^https:\/\/[a-zA-Z0-9.-]+\/?$/),
  version: text,
  image: text,
  upgradeFrom: text,
  chartVersion: text,
  chartRepository: httpUrl,
  namespace: text,
  // The chart cuts longer names, and others would then meet.
  namePrefix: z
    .string()
    .regex(/^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/)
    .optional(),
  replicas: z.number().int().min(1).optional(),
  microservices: z.boolean().optional(),
  nats: z.boolean().optional(),
  mongo: z
    .strictObject({
      externalUrl: field(
        z
          .string()
          .regex(/^mongodb(\+srv)?:\/\/\S+$/)
          .optional(),
        { secret: true },
      ),
      version: text,
      password: field(
        z
          .string()
          .regex(/^[\w.~-]+$/)
          .optional(),
        { secret: true },
      ),
      storage: quantity.optional(),
      storageClass: text,
      resources,
    })
    .optional(),
  ingress: z
    .union([
      z.boolean(),
      z.strictObject({ className: text, annotations: z.record(z.string(), z.string()).optional(), tlsSecret: text }),
    ])
    .optional(),
  resources,
  connectionUrl: httpUrl,
  insecure: z.boolean().optional(),
  ...adminFields,
  settings: field(z.record(z.string(), setting).optional(), { secret: true }),
  env: field(z.record(z.string(), z.string()).optional(), { secret: true }),
  startTimeoutSeconds: z.number().int().min(1).optional(),
  retainData: z.boolean().optional(),
  personalAccessToken: z.union([z.boolean(), z.strictObject({ name: text })]).optional(),
  values: z.record(z.string(), z.unknown()).optional(),
} satisfies Record<keyof RocketChatReleaseArgs, z.ZodType>);

/** Those that the chart sets would have no effect. */
const settingFailures = (settings: object): Failure[] =>
  Object.keys(settings).flatMap((id) => {
    const [path, instead] = [`settings.${id}`, OWN_VARIABLES[overwriteName(id)]];
    return instead === undefined ? [] : [{ path, reason: `${path}: is set by the chart; use \`${instead}\`` }];
  });

/** Rules over several arguments. Values that are not known yet are left alone. */
function crossFailures({ mongo, retainData, namespace }: z.infer<typeof schema>): Failure[] {
  const failures: Failure[] = [];
  const say = (path: string, reason: string) => failures.push({ path, reason: `${path}: ${reason}` });
  if (mongo?.externalUrl !== undefined) {
    for (const key of ["version", "password", "storage", "storageClass", "resources"] as const) {
      if (mongo[key] !== undefined)
        say(`mongo.${key}`, "is of the chart's MongoDB, which `mongo.externalUrl` leaves out");
    }
    const url = plainText(mongo.externalUrl);
    if (url?.startsWith("mongodb://") && !url.includes("replicaSet=")) {
      say("mongo.externalUrl", "must name its replica set (`?replicaSet=rs0`): Rocket.Chat does not start without one");
    }
  }
  if (retainData && namespace !== undefined) {
    say(
      "retainData",
      "keeps the component's own namespace; one that is given by `namespace` is not removed in any case",
    );
  }
  return failures;
}

/** What is wrong with the arguments, as far as they are known when the component is declared. */
export function checkReleaseArgs(args: RocketChatReleaseArgs): readonly Failure[] {
  const { inputs, failures } = checkSchema(schema, knownPart(args), { reveal: true });
  const known = inputs as z.infer<typeof schema>;
  return [
    ...failures,
    ...versionFailures(known.version, known.mongo?.version),
    ...adminFailures(known),
    // These need all of them in their right form.
    ...(failures.length > 0
      ? []
      : [
          ...crossFailures(known),
          ...settingFailures(known.settings ?? {}),
          ...variableFailures(known.env ?? {}, known.settings ?? {}, OWN_VARIABLES),
        ]),
  ];
}
