/** Rocket.Chat's own container: its environment, health and port. Knows the database by its address only. */
import type * as docker from "@pulumi/docker";
import type * as pulumi from "@pulumi/pulumi";
import { output } from "@pulumi/pulumi";
import { adminEnv, type Env, settingsEnv } from "../base/environment.ts";
import { WIZARD_OFF } from "../base/settings.ts";
import { type Addresses, LOOPBACK } from "./addresses.ts";
import type { RocketChatServerArgs, VolumeArgs } from "./args.ts";
import { container, healthcheck, mount, type Site } from "./site.ts";

/** Inside the container. */
export const INNER_PORT = 3000;
export const DEFAULT_START_SECONDS = 600;

export interface Surroundings {
  readonly addresses: Addresses;
  readonly mongoUrl: pulumi.Input<string>;
  readonly admin: { readonly username: pulumi.Input<string>; readonly password: pulumi.Input<string> };
  readonly image: docker.RemoteImage;
  /** Address of the message broker. */
  readonly transporter: string | undefined;
  readonly dependsOn: pulumi.Resource[];
}

/** The image has no curl or wget, but Node.js. `/api/info` answers when the API does. */
const probe = (path: string) =>
  `require("http").get({host:"${LOOPBACK}",port:${INNER_PORT},path:"${path}/api/info",timeout:4000},` +
  '(answer)=>process.exit(answer.statusCode===200?0:1)).on("timeout",()=>process.exit(1)).on("error",()=>process.exit(1))';

function environment(args: RocketChatServerArgs, around: Surroundings): Env {
  return {
    ROOT_URL: around.addresses.root,
    PORT: String(INNER_PORT),
    MONGO_URL: around.mongoUrl,
    DEPLOY_METHOD: "docker",
    ...adminEnv({ ...around.admin, name: args.adminName, email: args.adminEmail }),
    TRANSPORTER: around.transporter,
    // So that the server sees people's addresses behind the proxy, and limits each of them rather than all together.
    HTTP_FORWARDED_COUNT: args.https === undefined ? undefined : "1",
    ...WIZARD_OFF,
    ...settingsEnv(args.settings ?? {}),
    ...args.env,
  };
}

const volumeOf = ({ source, target, readOnly }: VolumeArgs) =>
  output({ source, target, readOnly }).apply((known) => ({
    ...mount(known.source, known.target),
    ...(known.readOnly !== undefined && { readOnly: known.readOnly }),
  }));

export function rocketchat(site: Site, args: RocketChatServerArgs, around: Surroundings): docker.Container {
  const { addresses, image, dependsOn } = around;
  const seconds = args.startTimeoutSeconds ?? DEFAULT_START_SECONDS;
  return container(site, "rocketchat", {
    image,
    env: environment(args, around),
    ports: [{ internal: INNER_PORT, external: addresses.port, ip: args.bindAddress ?? LOOPBACK }],
    ...(args.volumes && { volumes: args.volumes.map(volumeOf) }),
    // The first start makes the database, and an upgrade changes it.
    healthcheck: healthcheck(
      addresses.path.apply((path) => ["CMD", "node", "-e", probe(path)]),
      seconds,
    ),
    waitTimeout: seconds,
    graceSeconds: 30,
    memoryMb: args.memoryMb,
    dependsOn,
  });
}
