/** Where a server is reached: by people, and by the kinds. Knows no container. */
import * as pulumi from "@pulumi/pulumi";
import type { RocketChatServerArgs } from "./args.ts";
import { isRemoteHost } from "./schema.ts";

const DEFAULT_PORT = 3000;
export const LOOPBACK = "127.0.0.1";
const EVERY_ADDRESS = ["0.0.0.0", "::", "[::]"];

export interface Addresses {
  /** What people use, without a trailing slash. */
  readonly root: pulumi.Output<string>;
  /** Path of the root: "" or "/chat". */
  readonly path: pulumi.Output<string>;
  /** What `connection` uses. */
  readonly connection: pulumi.Output<string>;
  readonly port: pulumi.Output<number>;
}

const trimmed = (url: string) => url.replace(/\/+$/, "");

/** What was not known when the component was declared is looked at here. */
function pathOf(url: string): string {
  if (URL.canParse(url)) return trimmed(new URL(url).pathname);
  throw new pulumi.RunError(
    `RocketChatServer: rootUrl must be an address like "https://chat.example.com", but is "${url}".`,
  );
}

export function addressesOf(args: RocketChatServerArgs): Addresses {
  const port = pulumi.output(args.port ?? DEFAULT_PORT);
  const root = pulumi
    .all([args.rootUrl, args.https?.domain, port])
    .apply(([given, domain, at]) =>
      trimmed(given ?? (domain === undefined ? `http://localhost:${at}` : `https://${domain}`)),
    );
  const path = root.apply(pathOf);
  const connection = pulumi
    .all([args.connectionUrl, args.host, args.bindAddress, port, root, path])
    .apply(([given, host, bind = LOOPBACK, at, url, below]) => {
      if (given !== undefined) return trimmed(given);
      if (isRemoteHost(host)) return url;
      return `http://${EVERY_ADDRESS.includes(bind) ? LOOPBACK : bind}:${at}${below}`;
    });
  return { root, path, connection, port };
}
