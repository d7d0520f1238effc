/** Traefik before the server: HTTPS with certificates that renew themselves. It gets no access to the Docker Engine. */
import * as pulumi from "@pulumi/pulumi";
import type { HttpsArgs } from "./args.ts";
import { container, healthcheck, image, type Site, volume } from "./site.ts";

const CERTIFICATES = "/certificates";
const ROUTES = "/tmp/routes.yml";

/** Routes come from a file, and the image has none: it is written before Traefik starts. */
const START = `printf %s "$ROUTES" > ${ROUTES} && unset ROUTES && exec traefik "$@"`;

/** JSON is YAML. */
const routes = (domain: string, target: string): string =>
  JSON.stringify({
    http: {
      routers: {
        rocketchat: {
          rule: `Host(\`${domain}\`)`,
          entryPoints: ["websecure"],
          service: "rocketchat",
          tls: { certResolver: "acme" },
        },
      },
      services: { rocketchat: { loadBalancer: { servers: [{ url: target }] } } },
    },
  });

export function traefik(site: Site, args: HttpsArgs, target: string, dependsOn: pulumi.Resource[]) {
  const { domain, email, version = "v3.5", acmeServer, bindAddress: ip = "0.0.0.0" } = args;
  const certificates = volume(site, "certificates");
  const acme = "--certificatesresolvers.acme.acme";
  return container(site, "traefik", {
    image: image(site, "traefik", pulumi.interpolate`traefik:${version}`),
    env: { ROUTES: pulumi.output(domain).apply((name) => routes(name, target)) },
    entrypoints: ["sh", "-c", START, "--"],
    command: pulumi
      .all([email, acmeServer])
      .apply(([address, server]) => [
        `--providers.file.filename=${ROUTES}`,
        "--entrypoints.web.address=:80",
        "--entrypoints.web.http.redirections.entrypoint.to=websecure",
        "--entrypoints.web.http.redirections.entrypoint.scheme=https",
        "--entrypoints.websecure.address=:443",
        `${acme}.email=${address}`,
        `${acme}.storage=${CERTIFICATES}/acme.json`,
        `${acme}.tlschallenge=true`,
        ...(server === undefined ? [] : [`${acme}.caserver=${server}`]),
        "--ping=true",
      ]),
    ports: [
      { internal: 80, external: 80, ip },
      { internal: 443, external: 443, ip },
    ],
    volumes: [{ volumeName: certificates.name, containerPath: CERTIFICATES }],
    healthcheck: healthcheck(["CMD", "traefik", "healthcheck", "--ping"]),
    waitTimeout: 60,
    graceSeconds: 10,
    dependsOn,
  });
}
