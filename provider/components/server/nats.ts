/** NATS, the message broker between the parts of a server. */

import { interpolate } from "@pulumi/pulumi";
import type { NatsArgs } from "./args.ts";
import { container, healthcheck, image, type Site } from "./site.ts";

/** As Rocket.Chat's environment names the broker, for a server in one piece. */
export const TRANSPORTER = "monolith+nats://nats:4222";

const MONITORING_PORT = 8222;

export const nats = (site: Site, args: NatsArgs) =>
  container(site, "nats", {
    image: image(site, "nats", interpolate`nats:${args.version ?? "2.11-alpine"}`),
    command: ["--http_port", String(MONITORING_PORT)],
    healthcheck: healthcheck(["CMD", "wget", "-q", "-O", "-", `http://127.0.0.1:${MONITORING_PORT}/healthz`]),
    waitTimeout: 60,
    graceSeconds: 10,
    dependsOn: [],
  });
