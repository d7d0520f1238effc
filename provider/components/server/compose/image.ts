/** Names of images: what runs in them, and which release. Knows no file. */

export interface Image {
  /** Without tag and digest, as written. */
  readonly name: string;
  readonly tag: string | undefined;
  readonly hasDigest: boolean;
}

export type Role = "rocketchat" | "mongo" | "nats" | "traefik" | "other";

const ROLES: Readonly<Record<string, Role>> = {
  "rocket.chat": "rocketchat",
  rocketchat: "rocketchat",
  mongo: "mongo",
  mongodb: "mongo",
  "mongodb-community-server": "mongo",
  "mongodb-enterprise-server": "mongo",
  "percona-server-mongodb": "mongo",
  nats: "nats",
  traefik: "traefik",
};

export function parseImage(reference: string): Image {
  const [named = "", digest] = reference.split("@");
  // A colon before the last slash belongs to the registry's port.
  const colon = named.indexOf(":", named.lastIndexOf("/") + 1);
  return {
    name: colon < 0 ? named : named.slice(0, colon),
    tag: colon < 0 ? undefined : named.slice(colon + 1),
    hasDigest: digest !== undefined,
  };
}

export const roleOf = ({ name }: Image): Role => ROLES[name.slice(name.lastIndexOf("/") + 1)] ?? "other";

/** MongoDB's image as the component starts it; others have another start or another folder for the data. */
export const isOfficialMongo = ({ name }: Image): boolean => /(^|\/)mongo$/.test(name);

/** Keeps its data where the official image does. */
export const hasOfficialLayout = (image: Image): boolean =>
  isOfficialMongo(image) || /(^|\/)mongodb-(community|enterprise)-server$/.test(image.name);

/** What the tag says of the release: `8.2-ubi8` is 8.2. */
export const releaseOf = (tag: string | undefined): string | undefined => /^v?(\d+(\.\d+)*)/.exec(tag ?? "")?.[1];
