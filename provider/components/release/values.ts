/** The chart's values for the arguments. Knows the chart's names (checked against version 7.0.2), and nothing of Pulumi's Kubernetes. */
import * as pulumi from "@pulumi/pulumi";
import type { ReleaseMongoArgs, RocketChatReleaseArgs } from "./args.ts";

export const CHART = "rocketchat";
export const CHART_VERSION = "7.0.2";
export const CHART_REPOSITORY = "https://rocketchat.github.io/helm-charts";
/** Key of the Secret that holds the database's address. Part of the chart. */
export const MONGO_SECRET_KEY = "mongo-uri";

const USER = "rocketchat";

export interface Parts {
  /** Of Rocket.Chat. */
  readonly version: pulumi.Input<string>;
  /** Name of the Secret that holds the environment. */
  readonly environmentSecret: pulumi.Input<string>;
  readonly mongo:
    | { readonly externalSecret: pulumi.Input<string> }
    | {
        readonly version: pulumi.Input<string>;
        readonly password: pulumi.Input<string>;
        readonly rootPassword: pulumi.Input<string>;
        readonly replicaSetKey: pulumi.Input<string>;
      };
}

type Values = Record<string, unknown>;

const defined = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

const hostOf = (rootUrl: pulumi.Input<string>): pulumi.Output<string> =>
  pulumi.output(rootUrl).apply((url) => {
    if (URL.canParse(url)) return new URL(url).host;
    throw new pulumi.RunError(
      `RocketChatRelease: rootUrl must be an address like "https://chat.example.com", but is "${url}".`,
    );
  });

/** The chart puts it into an address without encoding it. */
function asItIs(password: string): string {
  if (/^[\w.~-]+$/.test(password)) return password;
  throw new pulumi.RunError(
    "RocketChatRelease: mongo.password: must have letters, digits, `.`, `_`, `~` and `-` only, for the chart writes it into an address.",
  );
}

function mongoValues(args: ReleaseMongoArgs, parts: Parts["mongo"]): Values {
  if ("externalSecret" in parts) return { enabled: false };
  return {
    enabled: true,
    // Without it the chart takes a release that Rocket.Chat 8 does not run on.
    image: { tag: parts.version },
    // All of them: what the chart makes itself would be made anew by each upgrade, and the database would not know it.
    auth: {
      usernames: [USER],
      databases: [USER],
      passwords: [pulumi.output(parts.password).apply(asItIs)],
      rootPassword: parts.rootPassword,
      replicaSetKey: parts.replicaSetKey,
    },
    ...((args.storage !== undefined || args.storageClass !== undefined) && {
      persistence: defined({ size: args.storage, storageClass: args.storageClass }),
    }),
    ...(args.resources && { resources: args.resources }),
  };
}

function ingressValues(asked: RocketChatReleaseArgs["ingress"], host: pulumi.Output<string>): Values {
  if (!asked) return { enabled: false };
  const { className, annotations, tlsSecret } = asked === true ? {} : asked;
  return defined({
    enabled: true,
    ingressClassName: className,
    annotations,
    tls: tlsSecret === undefined ? undefined : [{ secretName: tlsSecret, hosts: [host] }],
  });
}

/** What the component says itself. Every switch is set, so that another default in a newer chart changes nothing. */
export function ownValues(args: RocketChatReleaseArgs, parts: Parts): Values {
  const host = hostOf(args.rootUrl);
  const microservices = args.microservices ?? false;
  return defined({
    host,
    image: defined({ tag: parts.version, repository: args.image }),
    replicaCount: args.replicas ?? 1,
    // Environment variables may hold secrets, and the chart writes those of `extraEnv` into the Deployment.
    extraSecret: parts.environmentSecret,
    existingMongodbSecret: "externalSecret" in parts.mongo ? parts.mongo.externalSecret : undefined,
    mongodb: mongoValues(args.mongo ?? {}, parts.mongo),
    microservices: { enabled: microservices },
    nats: { enabled: args.nats ? true : microservices },
    ingress: ingressValues(args.ingress, host),
    resources: args.resources,
  });
}

const isMapping = (value: unknown): value is Values =>
  value !== null && typeof value === "object" && !Array.isArray(value) && !pulumi.Output.isInstance(value);

/** Paths of `given` that `own` says too: `mongodb.auth.passwords`. */
export function clashes(own: Values, given: Values, at = ""): string[] {
  return Object.entries(given).flatMap(([key, value]) => {
    if (!(key in own)) return [];
    const path = `${at}${key}`;
    const mine = own[key];
    return isMapping(mine) && isMapping(value) ? clashes(mine, value, `${path}.`) : [path];
  });
}

export function merged(own: Values, given: Values): Values {
  const result = { ...given, ...own };
  for (const [key, value] of Object.entries(given)) {
    if (isMapping(value) && isMapping(own[key])) result[key] = merged(own[key], value);
  }
  return result;
}
