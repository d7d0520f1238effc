/** MongoDB as Rocket.Chat needs it: a replica set of one member, which its own health check initiates. */
import type * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import { GeneratedPassword } from "../../kinds/local/resource.ts";
import type { Env } from "../base/environment.ts";
import type { MongoArgs } from "./args.ts";
import { container, healthcheck, mount, type Site, volume } from "./site.ts";

const PORT = 27_017;
/** As the database names it in its data. */
export const REPLICA_SET = "rs0";
/** Its name in the network. */
export const ROLE = "mongodb";
const USER = "rocketchat";
/** The database of the workspace. */
export const DATABASE = "rocketchat";
const WAIT_SECONDS = 180;

/**
 * Healthy means: a member of the set, and its primary. A start with data finds the set as it was. While the image prepares an empty
 * data folder, a server without the set runs for some seconds; initiating fails there, and is tried again.
 */
const HEALTH =
  `try { rs.status() } catch (e) { rs.initiate({ _id: "${REPLICA_SET}", members: [{ _id: 0, host: "${ROLE}:${PORT}" }] }) } ` +
  "if (!db.hello().isWritablePrimary) quit(1)";

const LOG_IN =
  ' --username "$MONGO_INITDB_ROOT_USERNAME" --password "$MONGO_INITDB_ROOT_PASSWORD" --authenticationDatabase admin';

/** MongoDB takes a key file from nobody but itself, readable by nobody else; so it is written before the image's own start. */
const WITH_KEY_FILE =
  'printf %s "$MONGO_KEY_FILE" > /etc/mongo.key && chmod 400 /etc/mongo.key && chown 999:999 /etc/mongo.key && ' +
  'unset MONGO_KEY_FILE && exec docker-entrypoint.sh "$@"';

export interface Mongo {
  readonly container: docker.Container;
  /** For the containers of the same network. Secret with `auth`. */
  readonly url: pulumi.Output<string>;
}

/** The password is read in the container, so that it does not stand in the check. */
const asks = (auth: boolean) => ["CMD-SHELL", `mongosh --quiet${auth ? LOG_IN : ""} --eval '${HEALTH}'`];

/** Everything that the database's log-in needs; empty without it. */
function authParts(site: Site, { auth = false, password }: MongoArgs) {
  if (!auth) return { env: {} as Env, password: undefined, parts: {} };
  const make = (role: string, given?: pulumi.Input<string>) =>
    new GeneratedPassword(
      `${site.name}-${role}`,
      { purpose: "mongo.password", given, fixed: true },
      { parent: site.parent },
    ).password;
  const secret = make("mongodb-password", password);
  const env: Env = {
    MONGO_INITDB_ROOT_USERNAME: USER,
    MONGO_INITDB_ROOT_PASSWORD: secret,
    MONGO_KEY_FILE: make("mongodb-key"),
  };
  const keyFile = { entrypoints: ["sh", "-c", WITH_KEY_FILE, "--"] };
  return { env, password: secret, parts: keyFile };
}

export function mongo(site: Site, args: MongoArgs, image: docker.RemoteImage, dependsOn: pulumi.Resource[]): Mongo {
  const { env, password, parts } = authParts(site, args);
  const made = container(site, ROLE, {
    image,
    env,
    ...parts,
    command: [
      "mongod",
      ...["--replSet", REPLICA_SET],
      "--bind_ip_all",
      ...(password === undefined ? [] : ["--keyFile", "/etc/mongo.key"]),
    ],
    volumes: [
      args.data === undefined
        ? { volumeName: volume(site, "mongodb-data").name, containerPath: "/data/db" }
        : mount(args.data, "/data/db"),
    ],
    aliases: args.aliases,
    healthcheck: healthcheck(asks(password !== undefined), 60, { timeout: "15s", retries: 12 }),
    waitTimeout: WAIT_SECONDS,
    graceSeconds: 60,
    memoryMb: args.memoryMb,
    dependsOn,
  });
  const at = `${ROLE}:${PORT}/${DATABASE}`;
  const url =
    password === undefined
      ? pulumi.output(`mongodb://${at}?replicaSet=${REPLICA_SET}`)
      : pulumi.interpolate`mongodb://${USER}:${password.apply(encodeURIComponent)}@${at}?authSource=admin&replicaSet=${REPLICA_SET}`;
  return { container: made, url };
}
