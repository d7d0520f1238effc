/** What can be said of a server: types and their documentation. Checked in check-args.ts. */
import type * as pulumi from "@pulumi/pulumi";
import type { CommonServerArgs } from "../base/args.ts";

export interface MongoArgs {
  /** Release of MongoDB, "8.0" or "8.0.4". Default: the one that goes with `version`. A change replaces the container and keeps the data. */
  version?: pulumi.Input<string>;
  /** Image without a tag. Default "mongo", the official one. */
  image?: pulumi.Input<string>;
  /**
   * Log-in and a key file for the database, which only the containers of this server reach in any case. Can't be changed after the
   * first start. Default false.
   */
  auth?: boolean;
  /** Password of the database, with `auth`. Secret. Default: made once and kept in the stack's state. Can't be changed later. */
  password?: pulumi.Input<string>;
  /**
   * Name of a Docker volume, or absolute path on the Docker host, that holds the data of a former server. It is used as it is, and
   * neither made nor removed. Can't be changed after the first start. Default: a volume of the component, `<name>-mongodb-data`.
   */
  data?: string;
  /** More names of the database in the network: that of the replica set's member, for `data` that knows it by another. */
  aliases?: string[];
  /** Memory limit of the container in megabytes (MiB). Default: none. */
  memoryMb?: pulumi.Input<number>;
}

export interface VolumeArgs {
  /** Name of a Docker volume that exists, or absolute path on the Docker host. */
  source: pulumi.Input<string>;
  /** Path in the container. */
  target: pulumi.Input<string>;
  /** Default false. */
  readOnly?: pulumi.Input<boolean>;
}

export interface NatsArgs {
  /** Tag of the official image "nats", one with a shell. Default "2.11-alpine". */
  version?: pulumi.Input<string>;
}

export interface HttpsArgs {
  /** Name under which the workspace is reached; its DNS entry must lead to the Docker host. */
  domain: pulumi.Input<string>;
  /** Address that the certificate authority writes to before a certificate ends. */
  email: pulumi.Input<string>;
  /** Tag of the official image "traefik", version 3. Default "v3.5". */
  version?: pulumi.Input<string>;
  /** Address of the ACME directory. Default: Let's Encrypt; its staging directory is for trials. */
  acmeServer?: pulumi.Input<string>;
  /** Address of the Docker host on which ports 80 and 443 listen. Default "0.0.0.0". */
  bindAddress?: pulumi.Input<string>;
}

export interface BackupArgs {
  /** Hours from one backup to the next. Default 24. */
  everyHours?: pulumi.Input<number>;
  /** How many backups are kept; the oldest go first. Default 7. */
  keep?: pulumi.Input<number>;
}

export interface RocketChatServerArgs extends CommonServerArgs {
  /** Release of Rocket.Chat, "8.6.1". A newer one replaces the container and keeps the data; majors can't be skipped. Default "8.6.1". */
  version?: pulumi.Input<string>;
  /** Image without a tag. Default "rocketchat/rocket.chat". */
  image?: pulumi.Input<string>;
  /** The database. */
  mongo?: MongoArgs;
  /** Address that people use. Default: `https://<domain>` with `https`, else `http://localhost:<port>`. */
  rootUrl?: pulumi.Input<string>;
  /** Port of the Docker host at which the server listens. Default 3000. A change replaces the container. */
  port?: pulumi.Input<number>;
  /** Address of the Docker host at which the server listens. Default "127.0.0.1": not reachable from other machines. */
  bindAddress?: pulumi.Input<string>;
  /** Address that `connection` uses. Default: the published port when Docker runs on this machine, else `rootUrl`. */
  connectionUrl?: pulumi.Input<string>;
  /** More environment variables of Rocket.Chat. */
  env?: Record<string, pulumi.Input<string>>;
  /** Volumes and folders of Rocket.Chat's container: uploads in the file system, certificates. They are not removed with the server. */
  volumes?: VolumeArgs[];
  /** Memory limit of Rocket.Chat's container in megabytes (MiB). Default: none. */
  memoryMb?: pulumi.Input<number>;
  /** When Docker starts containers again. Default "unless-stopped". */
  restart?: pulumi.Input<"no" | "on-failure" | "always" | "unless-stopped">;
  /** Seconds that Rocket.Chat may take until it answers; the first start makes the database. Default 600. */
  startTimeoutSeconds?: number;
  /** Message broker for the traffic between the server's parts. Default false. */
  nats?: boolean | NatsArgs;
  /** Traefik before the server, with certificates of Let's Encrypt. Default: none. */
  https?: HttpsArgs;
  /** Backups of the database into a volume, `<name>-backups`. Default false. */
  backup?: boolean | BackupArgs;
  /**
   * Path on the Docker host of an archive that `backup` made. It is restored at the first start, before Rocket.Chat begins; give the
   * admin that it holds as `adminUsername` and `adminPassword`.
   */
  restoreFrom?: pulumi.Input<string>;
  /** The Docker Engine, `ssh://user@host` or `unix:///run/docker.sock`. Default: that of the Docker provider, else of this machine. */
  host?: pulumi.Input<string>;
  /** Begin of the names of containers, volumes and network. Default: the component's name. Can't be changed later. */
  namePrefix?: string;
  /**
   * Keeps the volumes when the server is removed or destroyed. A new server with the same `namePrefix` finds them; generated
   * passwords end with the state, so give `adminPassword` (and `mongo.password`) yourself. Default false.
   */
  retainData?: boolean;
}
