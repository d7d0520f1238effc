/** What can be said of a release: types and their documentation. Checked in schema.ts. */
import type * as pulumi from "@pulumi/pulumi";
import type { CommonServerArgs } from "../base/args.ts";

/** As Kubernetes writes them: `{ cpu: "500m", memory: "1Gi" }`. */
export interface ResourcesArgs {
  /** What is kept free for each pod. */
  requests?: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /** What a pod may take at most. */
  limits?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

export interface ReleaseMongoArgs {
  /**
   * Address of a MongoDB of your own, `mongodb://user:password@host/rocketchat?replicaSet=rs0`. Secret. With it none is installed; the
   * database must be a replica set of a release that goes with `version`. Default: the chart's MongoDB, one member.
   */
  externalUrl?: pulumi.Input<string>;
  /** Release of the chart's MongoDB: a tag of its image, "8.0". Default: the one that goes with `version`. */
  version?: pulumi.Input<string>;
  /** Password of the database. Secret. Default: made once and kept in the stack's state. Can't be changed later. */
  password?: pulumi.Input<string>;
  /** Size of the volume, "8Gi". Kubernetes changes it on some storage classes only. Default "8Gi". */
  storage?: pulumi.Input<string>;
  /** Storage class of the volume. Default: the cluster's. */
  storageClass?: pulumi.Input<string>;
  /** Of the database's pod. Default: none. */
  resources?: ResourcesArgs;
}

export interface IngressArgs {
  /** Class of the ingress, "nginx". Default: the cluster's. */
  className?: pulumi.Input<string>;
  /** For the ingress controller and for cert-manager: `{ "cert-manager.io/cluster-issuer": "letsencrypt" }`. */
  annotations?: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /** Name of the Secret with the certificate for the host of `rootUrl`. Default: the controller's own certificate. */
  tlsSecret?: pulumi.Input<string>;
}

export interface RocketChatReleaseArgs extends CommonServerArgs {
  /**
   * Address that people use, with https, without port and path: "https://chat.example.com". The chart makes the server's address and the
   * ingress from its host.
   */
  rootUrl: pulumi.Input<string>;
  /** Release of Rocket.Chat, "8.6.1": also a tag of the images. A newer one replaces the pods one by one; majors can't be skipped. Default "8.6.1". */
  version?: pulumi.Input<string>;
  /** Image without a tag. Default "registry.rocket.chat/rocketchat/rocket.chat". */
  image?: pulumi.Input<string>;
  /** Version of the Helm chart. Default "7.0.2", the one that the arguments were checked with. */
  chartVersion?: pulumi.Input<string>;
  /** Address of the chart's repository, for a mirror. Default "https://rocketchat.github.io/helm-charts". */
  chartRepository?: pulumi.Input<string>;
  /** Namespace that exists. Default: one of the component's own, called `namePrefix`. */
  namespace?: pulumi.Input<string>;
  /** Name of the Helm release, and begin of the names of all that the chart makes. Default: the component's name. Can't be changed later. */
  namePrefix?: string;
  /** Pods of Rocket.Chat. More than one needs a licence. Default 1. */
  replicas?: pulumi.Input<number>;
  /** Splits the server into services, with NATS between them. Needs a licence. Default false. */
  microservices?: pulumi.Input<boolean>;
  /** NATS for a server in one piece; with `microservices` it is always there. Default false. */
  nats?: boolean;
  /** The database. */
  mongo?: ReleaseMongoArgs;
  /** An ingress for the host of `rootUrl`. Default false: the service can be reached in the cluster only. */
  ingress?: boolean | IngressArgs;
  /** Of each pod of Rocket.Chat. Default: none. */
  resources?: ResourcesArgs;
  /** Address that `connection` uses. Default: `rootUrl`. */
  connectionUrl?: pulumi.Input<string>;
  /** More environment variables of Rocket.Chat: `{ ROCKETCHAT_LICENSE: config.requireSecret("license") }`. They are kept in a Secret. */
  env?: Record<string, pulumi.Input<string>>;
  /** Seconds that the pods may take until they are ready. Default 900. */
  startTimeoutSeconds?: number;
  /** Keeps the component's namespace, and the database's volume in it, when the release is removed or destroyed. Default false. */
  retainData?: boolean;
  /** More values of the chart, as it names them. What an argument says can't be said here. */
  values?: Record<string, unknown>;
}
