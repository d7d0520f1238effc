/** The component that programs use for a server on Kubernetes. Puts the parts together; the chart's names are in values.ts. */
import type * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { GeneratedPassword, ServerVersion } from "../../kinds/local/resource.ts";
import { DEFAULT_VERSION, mongoFor } from "../../kinds/local/versions.ts";
import { Provider } from "../../kinds/provider/resource.ts";
import { adminEnv, type Env, settingsEnv } from "../base/environment.ts";
import { requireValid } from "../base/require.ts";
import { WIZARD_OFF } from "../base/settings.ts";
import { adminToken } from "../base/token.ts";
import { ifValid } from "../base/valid.ts";
import type { RocketChatReleaseArgs } from "./args.ts";
import { checkReleaseArgs } from "./schema.ts";
import {
  CHART,
  CHART_REPOSITORY,
  CHART_VERSION,
  clashes,
  MONGO_SECRET_KEY,
  merged,
  ownValues,
  type Parts,
} from "./values.ts";

const KIND = "RocketChatRelease";
const DEFAULT_START_SECONDS = 900;

type Library = typeof kubernetes;

/** What the parts have in common. */
interface Site {
  readonly library: Library;
  readonly name: string;
  readonly namespace: pulumi.Input<string>;
  readonly opts: pulumi.CustomResourceOptions;
}

/**
 * Rocket.Chat on Kubernetes by its official Helm chart, and a connection for what it shall hold.
 *
 * @example Smallest
 * ```ts
 * const server = new rocketchat.RocketChatRelease("chat", { rootUrl: "https://chat.example.com", ingress: true });
 * new rocketchat.Channel("news", { name: "news" }, { provider: server.connection });
 * ```
 *
 * @example In production
 * ```ts
 * const server = new rocketchat.RocketChatRelease("chat", {
 *   version: "8.6.1",
 *   rootUrl: "https://chat.example.com",
 *   mongo: { externalUrl: config.requireSecret("mongoUrl") },
 *   replicas: 3,
 *   microservices: true,
 *   env: { ROCKETCHAT_LICENSE: config.requireSecret("license") },
 *   ingress: { className: "nginx", tlsSecret: "chat-tls", annotations: { "cert-manager.io/cluster-issuer": "letsencrypt" } },
 *   resources: { requests: { cpu: "500m", memory: "1Gi" }, limits: { memory: "2Gi" } },
 * });
 * ```
 *
 * Needs the package `@pulumi/kubernetes` beside this one, and the Pulumi CLI: the embedded runner has no Kubernetes. The cluster is
 * that of an explicit provider in `providers`, else the one that `kubectl` uses. Content can be made in the same `up` when `rootUrl`
 * (or `connectionUrl`) leads to the ingress by then.
 */
export class RocketChatRelease extends pulumi.ComponentResource {
  /** Address that people use, without a trailing slash. */
  readonly url: pulumi.Output<string>;
  readonly adminUsername: pulumi.Output<string>;
  /** Secret. */
  readonly adminPassword: pulumi.Output<string>;
  /** Namespace of the release. */
  readonly namespace: pulumi.Output<string>;
  /** Give it as `provider` to what the server shall hold. It waits until the server answers. */
  readonly connection: Provider;
  /** With `personalAccessToken`: the admin's token. Secret. */
  readonly personalAccessToken: pulumi.Output<string> | undefined;
  /** With `personalAccessToken`: the id that belongs to it. */
  readonly adminUserId: pulumi.Output<string> | undefined;

  constructor(name: string, args: RocketChatReleaseArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super(`rocketchat:components:${KIND}`, name, {}, opts);
    const found = requireValid<Library>(KIND, name, "@pulumi/kubernetes", checkReleaseArgs(args));
    if ("never" in found) {
      const { never } = found;
      this.url = pulumi.output(never);
      this.adminUsername = pulumi.output(never);
      this.adminPassword = pulumi.output(never);
      this.namespace = pulumi.output(never);
      this.connection = new Provider(`${name}-connection`, { url: never }, { parent: this });
      return;
    }

    const prefix = args.namePrefix ?? name;
    const site = this.site(name, prefix, args, found.library);
    const url = pulumi.output(args.rootUrl).apply((given) => given.replace(/\/+$/, ""));
    const username = pulumi.output(args.adminUsername ?? "admin");
    const password = this.password(name, "admin-password", {
      purpose: "adminPassword",
      given: args.adminPassword,
      username,
    });
    const version = pulumi.output(args.version ?? DEFAULT_VERSION);
    const mongoVersion =
      args.mongo?.externalUrl === undefined
        ? // What is not known is refused by the check of the versions.
          pulumi.output(args.mongo?.version ?? version.apply((release) => mongoFor(release) ?? ""))
        : undefined;
    const versions = new ServerVersion(
      `${name}-version`,
      {
        version,
        ...(mongoVersion && { mongoVersion }),
        mongoAuth: true,
        mongoData: mongoVersion === undefined ? "elsewhere" : "",
        namePrefix: prefix,
        ...(args.upgradeFrom !== undefined && { upgradeFrom: args.upgradeFrom }),
      },
      { parent: this },
    );
    const environment = this.secret(site, "environment", {
      ...adminEnv({ username, password, name: args.adminName, email: args.adminEmail }),
      ...WIZARD_OFF,
      ...settingsEnv(args.settings ?? {}),
      ...args.env,
    });
    const release = this.release(site, prefix, args, versions, {
      version,
      environmentSecret: environment,
      mongo:
        mongoVersion === undefined
          ? { externalSecret: this.secret(site, "mongodb", { [MONGO_SECRET_KEY]: args.mongo?.externalUrl }) }
          : {
              version: mongoVersion,
              password: this.password(name, "mongodb-password", {
                purpose: "mongo.password",
                given: args.mongo?.password,
                fixed: true,
              }),
              rootPassword: this.password(name, "mongodb-root-password", { purpose: "mongo.password", fixed: true }),
              replicaSetKey: this.password(name, "mongodb-key", { purpose: "mongo.password", fixed: true }),
            },
    });

    this.url = url;
    this.adminUsername = username;
    this.adminPassword = password;
    this.namespace = pulumi.output(site.namespace);
    this.connection = new Provider(
      `${name}-connection`,
      {
        url: pulumi.output(args.connectionUrl ?? url).apply((given) => given.replace(/\/+$/, "")),
        username,
        password: this.adminPassword,
        startTimeoutMs: (args.startTimeoutSeconds ?? DEFAULT_START_SECONDS) * 1_000,
        ...(args.insecure !== undefined && { insecure: args.insecure }),
      },
      // Nothing of it may come from the release: a change there would be a new connection, and all content new with it.
      { parent: this, dependsOn: [release] },
    );
    const token = adminToken(this, name, this.connection, args.personalAccessToken);
    this.personalAccessToken = token?.token;
    this.adminUserId = token?.userId;
    this.registerOutputs({
      url: this.url,
      adminUsername: this.adminUsername,
      adminPassword: this.adminPassword,
      namespace: this.namespace,
      ...(token && { personalAccessToken: token.token, adminUserId: token.userId }),
    });
  }

  private site(name: string, prefix: string, args: RocketChatReleaseArgs, library: Library): Site {
    const opts: pulumi.CustomResourceOptions = { parent: this };
    if (args.namespace !== undefined) return { library, name, namespace: ifValid(args.namespace), opts };
    const made = new library.core.v1.Namespace(
      `${name}-namespace`,
      { metadata: { name: ifValid(prefix) } },
      { ...opts, retainOnDelete: args.retainData ?? false },
    );
    return { library, name, namespace: made.metadata.name, opts };
  }

  private password(
    name: string,
    role: string,
    args: ConstructorParameters<typeof GeneratedPassword>[1],
  ): pulumi.Output<string> {
    return pulumi.secret(new GeneratedPassword(`${name}-${role}`, args, { parent: this }).password);
  }

  /** Returns its name. */
  private secret({ library, name, namespace, opts }: Site, role: string, data: Env): pulumi.Output<string> {
    const stringData = pulumi
      .output(data)
      .apply((values) => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)));
    const made = new library.core.v1.Secret(
      `${name}-${role}`,
      {
        metadata: { namespace },
        stringData: pulumi.secret(stringData) as pulumi.Output<Record<string, string>>,
        // Pods do not see a change; a new one has a new name, which starts new pods.
        immutable: true,
      },
      opts,
    );
    return made.metadata.name;
  }

  private release(site: Site, prefix: string, args: RocketChatReleaseArgs, versions: ServerVersion, parts: Parts) {
    const own = ownValues(args, parts);
    const given = args.values ?? {};
    const [clash] = clashes(own, given);
    if (clash !== undefined) {
      throw new pulumi.RunError(
        `RocketChatRelease "${site.name}": values.${clash}: is set by the component; use the argument that stands for it.`,
      );
    }
    return new site.library.helm.v3.Release(
      `${site.name}-release`,
      {
        name: ifValid(prefix),
        namespace: site.namespace,
        chart: CHART,
        version: args.chartVersion ?? CHART_VERSION,
        repositoryOpts: { repo: args.chartRepository ?? CHART_REPOSITORY },
        values: merged(own, given),
        timeout: args.startTimeoutSeconds ?? DEFAULT_START_SECONDS,
      },
      pulumi.mergeOptions(site.opts, { dependsOn: [versions], deleteBeforeReplace: true }),
    );
  }
}
