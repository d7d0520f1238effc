/** The component that programs use for a whole server. Puts the parts together; each part is a file of its own. */
import type * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import { GeneratedPassword, ServerVersion } from "../../kinds/local/resource.ts";
import { DEFAULT_VERSION, mongoFor } from "../../kinds/local/versions.ts";
import { Provider } from "../../kinds/provider/resource.ts";
import { requireValid } from "../base/require.ts";
import { adminToken } from "../base/token.ts";
import { ifValid } from "../base/valid.ts";
import { addressesOf } from "./addresses.ts";
import type { RocketChatServerArgs } from "./args.ts";
import { backup } from "./backup.ts";
import { type FromCompose, fromCompose } from "./compose/compose.ts";
import { noteText } from "./compose/note.ts";
import type { Variables } from "./compose/variables.ts";
import { mongo } from "./mongo.ts";
import { nats, TRANSPORTER } from "./nats.ts";
import { DEFAULT_START_SECONDS, INNER_PORT, rocketchat } from "./rocketchat.ts";
import { checkServerArgs } from "./schema.ts";
import { image, type Site } from "./site.ts";
import { traefik } from "./traefik.ts";

const KIND = "RocketChatServer";

/**
 * Rocket.Chat with its MongoDB in Docker containers, and a connection for what it shall hold.
 *
 * @example Smallest
 * ```ts
 * const server = new rocketchat.RocketChatServer("chat");
 * new rocketchat.Channel("news", { name: "news" }, { provider: server.connection });
 * export const url = server.url;
 * export const password = server.adminPassword;
 * ```
 *
 * @example In production
 * ```ts
 * const server = new rocketchat.RocketChatServer("chat", {
 *   version: "8.6.1",
 *   https: { domain: "chat.example.com", email: "ops@example.com" },
 *   mongo: { auth: true, memoryMb: 2048 },
 *   memoryMb: 2048,
 *   backup: { everyHours: 6, keep: 28 },
 *   retainData: true,
 *   adminPassword: config.requireSecret("adminPassword"),
 *   settings: { Accounts_RegistrationForm: "Disabled" },
 * });
 * ```
 *
 * Needs the package `@pulumi/docker` beside this one. Docker's resources are its children, so `pulumi up` shows each.
 */
export class RocketChatServer extends pulumi.ComponentResource {
  /** Address that people use, without a trailing slash. */
  readonly url: pulumi.Output<string>;
  readonly adminUsername: pulumi.Output<string>;
  /** Secret. */
  readonly adminPassword: pulumi.Output<string>;
  /** Give it as `provider` to what the server shall hold. It waits until the server answers. */
  readonly connection: Provider;
  /** With `personalAccessToken`: the admin's token. Secret. */
  readonly personalAccessToken: pulumi.Output<string> | undefined;
  /** With `personalAccessToken`: the id that belongs to it. */
  readonly adminUserId: pulumi.Output<string> | undefined;

  constructor(name: string, args: RocketChatServerArgs = {}, opts: pulumi.ComponentResourceOptions = {}) {
    super(`rocketchat:components:${KIND}`, name, {}, opts);
    const found = requireValid<typeof docker>(KIND, name, "@pulumi/docker", checkServerArgs(args));
    if ("never" in found) {
      const { never } = found;
      this.url = pulumi.output(never);
      this.adminUsername = pulumi.output(never);
      this.adminPassword = pulumi.output(never);
      this.connection = new Provider(`${name}-connection`, { url: never }, { parent: this });
      return;
    }

    const addresses = addressesOf(args);
    const username = pulumi.output(args.adminUsername ?? "admin");
    const password = new GeneratedPassword(
      `${name}-admin-password`,
      { purpose: "adminPassword", given: args.adminPassword, username },
      { parent: this },
    ).password;
    const admin = { username, password: pulumi.secret(password) };
    const reached = this.containers(name, args, found.library, { addresses, admin });

    this.url = addresses.root;
    this.adminUsername = username;
    this.adminPassword = admin.password;
    this.connection = new Provider(
      `${name}-connection`,
      {
        url: addresses.connection,
        username,
        password: admin.password,
        startTimeoutMs: (args.startTimeoutSeconds ?? DEFAULT_START_SECONDS) * 1_000,
        ...(args.insecure !== undefined && { insecure: args.insecure }),
      },
      // Nothing of it may come from the container: a new container would then be a new connection, and all content new with it.
      { parent: this, dependsOn: reached },
    );
    const token = adminToken(this, name, this.connection, args.personalAccessToken);
    this.personalAccessToken = token?.token;
    this.adminUserId = token?.userId;
    this.registerOutputs({
      url: this.url,
      adminUsername: this.adminUsername,
      adminPassword: this.adminPassword,
      ...(token && { personalAccessToken: token.token, adminUserId: token.userId }),
    });
  }

  /**
   * Arguments for what a docker-compose.yml of Rocket.Chat describes: images, ports, environment, volumes. What could not be taken, or
   * would not start, is in `notes` with its line, the reason and the fix, and is told as a warning.
   *
   * @param file Path of the file, from the folder in which the program runs.
   * @param options.variables Values for `${NAME}` in the file, before those of the file `.env` beside it. The shell's are not taken,
   * so that every run makes the same.
   * @param options.quiet Does not tell the notes. Default false.
   * @throws RunError when the file can't be read, is no valid YAML, or has no service with an image of Rocket.Chat.
   *
   * @example
   * ```ts
   * const { args } = rocketchat.RocketChatServer.fromCompose("docker-compose.yml");
   * const server = new rocketchat.RocketChatServer("chat", { ...args, retainData: true });
   * ```
   */
  static fromCompose(file: string, options: { variables?: Variables; quiet?: boolean } = {}): FromCompose {
    const taken = fromCompose(file, options.variables);
    if (!options.quiet && taken.notes.length > 0) {
      pulumi.log.warn(`Not taken over as it is:\n${taken.notes.map((note) => `  - ${noteText(note)}`).join("\n")}`);
    }
    return taken;
  }

  /** In the order of their starts; returns those that the connection leads through. */
  private containers(
    name: string,
    args: RocketChatServerArgs,
    library: typeof docker,
    known: {
      addresses: ReturnType<typeof addressesOf>;
      admin: { username: pulumi.Output<string>; password: pulumi.Output<string> };
    },
  ): pulumi.Resource[] {
    const prefix = args.namePrefix ?? name;
    const opts: pulumi.CustomResourceOptions = {
      parent: this,
      ...(args.host !== undefined && {
        provider: new library.Provider(`${name}-docker`, { host: ifValid(args.host) }, { parent: this }),
      }),
    };
    const network = new library.Network(`${name}-network`, { name: ifValid(`${prefix}-network`) }, opts);
    const { restart = "unless-stopped", retainData = false } = args;
    const site: Site = { docker: library, name, prefix, network, restart, retainData, parent: this, opts };

    const version = pulumi.output(args.version ?? DEFAULT_VERSION);
    // What is not known is refused by the check of the versions.
    const mongoVersion = pulumi.output(args.mongo?.version ?? version.apply((release) => mongoFor(release) ?? ""));
    const mongoImage = image(site, "mongodb", pulumi.interpolate`${args.mongo?.image ?? "mongo"}:${mongoVersion}`);
    const serverImage = image(
      site,
      "rocketchat",
      pulumi.interpolate`${args.image ?? "rocketchat/rocket.chat"}:${version}`,
    );
    // After the images: a release that does not exist must not be recorded as the one that was installed.
    const versions = new ServerVersion(
      `${name}-version`,
      {
        version,
        mongoVersion,
        mongoAuth: args.mongo?.auth ?? false,
        mongoData: args.mongo?.data ?? "",
        namePrefix: prefix,
        ...(args.upgradeFrom !== undefined && { upgradeFrom: args.upgradeFrom }),
      },
      { parent: this, dependsOn: [mongoImage, serverImage] },
    );

    const database = mongo(site, args.mongo ?? {}, mongoImage, [versions]);
    const before: pulumi.Resource[] = [versions, database.container];
    const { backup: asked, restoreFrom } = args;
    if (asked || restoreFrom !== undefined) {
      before.push(
        backup(site, {
          backup: asked === true ? {} : asked || undefined,
          restoreFrom,
          mongoUrl: database.url,
          image: mongoImage,
          dependsOn: [database.container],
        }),
      );
    }
    if (args.nats) before.push(nats(site, args.nats === true ? {} : args.nats));
    const server = rocketchat(site, args, {
      ...known,
      mongoUrl: database.url,
      image: serverImage,
      transporter: args.nats ? TRANSPORTER : undefined,
      dependsOn: before,
    });
    if (args.https === undefined) return [server];
    return [server, traefik(site, args.https, `http://rocketchat:${INNER_PORT}`, [server])];
  }
}
