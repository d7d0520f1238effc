/** MongoDB's service as arguments of the component, and whether its data can stay where it is. */
import { DEFAULT_VERSION, mongoFor, refusePair } from "../../../kinds/local/versions.ts";
import type { MongoArgs } from "../args.ts";
import { DATABASE, REPLICA_SET, ROLE } from "../mongo.ts";
import { environmentOf } from "./environment.ts";
import type { ComposeFile, Mapping, Path } from "./file.ts";
import { hasOfficialLayout, isOfficialMongo, parseImage, releaseOf } from "./image.ts";
import { type Mount, mountsOf } from "./mounts.ts";
import type { TakenServer } from "./rocketchat.ts";
import { memoryOf, noteOthers } from "./service.ts";

const DATA = "/data/db";

/** All words with which the service starts. */
function wordsOf({ entrypoint, command }: Mapping): string[] {
  return [entrypoint, command].flatMap((part) =>
    Array.isArray(part) ? part.map(String) : String(part ?? "").split(/\s+/),
  );
}

/** A helper that runs once to initiate the set, rather than a database. */
export const isHelper = (service: Mapping): boolean => {
  const text = wordsOf(service).join(" ");
  return /\brs\.(initiate|add)\b|\bchown\b/.test(text) && !/\bmongod\b/.test(text);
};

function replicaSetOf(service: Mapping, variable: string | undefined): string | undefined {
  const words = wordsOf(service);
  const at = words.findIndex((word) => /^--?replSet/.test(word));
  const word = at < 0 ? undefined : (words[at]?.split("=")[1] ?? words[at + 1]);
  // A shell takes it from the variable.
  return word === undefined || word.startsWith("$") ? (variable ?? word) : word.replace(/["']/g, "");
}

/** How a database of another name comes to the one that `restoreFrom` takes. */
const RENAME = `Load its backup into a spare MongoDB with \`mongorestore --nsFrom='<name>.*' --nsTo='${DATABASE}.*'\`, write a backup of that, and give it as \`restoreFrom\``;
const MOVE =
  "Write a backup with the old server (`docker compose exec -T <service> mongodump --archive --gzip > rocketchat.gz`), give it as `restoreFrom`, and the release that wrote it as `upgradeFrom`";

interface Address {
  readonly host: string | undefined;
  readonly database: string;
  readonly hasSet: boolean;
  readonly hasLogIn: boolean;
}

function addressOf(url: string): Address | undefined {
  const match = /^mongodb(?:\+srv)?:\/\/(?:([^@/]*)@)?([^/?]+)(?:\/([^?]*))?(?:\?(.*))?$/.exec(url);
  if (match === null) return undefined;
  return {
    host: match[2]?.split(",")[0]?.split(":")[0],
    database: match[3] || "test",
    hasSet: new URLSearchParams(match[4]).has("replicaSet"),
    hasLogIn: match[1] !== undefined,
  };
}

function imageArgs(
  file: ComposeFile,
  service: Mapping,
  at: Path,
  version: string,
): Pick<MongoArgs, "image" | "version"> {
  const where = [...at, "image"];
  const image = parseImage(String(service.image));
  const release = releaseOf(image.tag);
  const refused = refusePair(version, release ?? image.tag ?? "latest");
  if (refused !== undefined) {
    file.note(
      where,
      "problem",
      refused.replace(/^mongo\.version: /, ""),
      `MongoDB ${mongoFor(version)} is taken instead`,
    );
  }
  if (!isOfficialMongo(image)) {
    file.note(
      where,
      "replaced",
      `the component starts the official image "mongo"; ${image.name} starts in another way`,
    );
  }
  return {
    ...(isOfficialMongo(image) && { image: image.name }),
    ...(refused === undefined && { version: isOfficialMongo(image) ? (image.tag as string) : (release as string) }),
  };
}

/** Why the data can't stay in its volume, or undefined. */
function refuseData(parts: {
  service: Mapping;
  server: TakenServer;
  taken: MongoArgs;
  set: string | undefined;
  address: Address | undefined;
  hasUser: boolean;
}): string | undefined {
  const { service, server, taken, set, address, hasUser } = parts;
  if (server.version === undefined) return "it is not known which release of Rocket.Chat wrote it";
  if (taken.version === undefined)
    return "MongoDB goes from one release to the next only, so another one would not read it";
  if (!hasOfficialLayout(parseImage(String(service.image))))
    return "the official image keeps its data in another form of folders";
  if (set !== undefined && set !== REPLICA_SET)
    return `its replica set is called "${set}", and the component's "${REPLICA_SET}"`;
  if (address !== undefined && address.database !== DATABASE)
    return `the database is called "${address.database}", and the component's "${DATABASE}", which is what a restore takes`;
  if (hasUser || address?.hasLogIn) return "its log-in was made with it, and the component would have another one";
  return undefined;
}

/** Any of them may be the one under which the replica set knows its member. */
function aliasesOf(names: readonly unknown[]): string[] {
  const known = names.filter((name) => typeof name === "string" && /^[a-zA-Z][\w.-]*$/.test(name)) as string[];
  return [...new Set(known)].filter((name) => ![ROLE, "localhost"].includes(name));
}

function dataArgs(file: ComposeFile, mounts: readonly Mount[], refused: string | undefined): Pick<MongoArgs, "data"> {
  const data = mounts.find(({ target }) => target === DATA || target.startsWith("/bitnami"));
  for (const mount of mounts) {
    if (mount !== data) file.note(mount.at, "left-out", `only the folder of the data, ${DATA}, is taken over`);
  }
  if (data === undefined) return {};
  if (refused !== undefined) {
    file.note(
      data.at,
      "problem",
      `the data is not taken over, the new server begins empty: ${refused}`,
      refused.startsWith("the database is called") ? RENAME : MOVE,
    );
    return {};
  }
  file.note(
    data.at,
    "problem",
    `${data.source} is used as it is, and two databases must not have it at once`,
    "Make a backup, and stop the old containers (`docker compose down`, without -v) before the first `up`",
  );
  return { data: data.source };
}

export function takeMongo(file: ComposeFile, name: string, service: Mapping, server: TakenServer): MongoArgs {
  const at = ["services", name];
  const environment = environmentOf(file, service, at);
  const set = replicaSetOf(service, environment.get("MONGODB_REPLICA_SET_NAME")?.value);
  const url = server.mongoUrl;
  const address = url === undefined ? undefined : addressOf(url.value);
  if (set === undefined && !environment.has("MONGODB_REPLICA_SET_NAME")) {
    file.note(
      at,
      "problem",
      "MongoDB runs without a replica set, and Rocket.Chat does not start without one",
      `Nothing is to be done here: the component makes the set "${REPLICA_SET}"`,
    );
  }
  if (url !== undefined && address?.hasSet === false) {
    file.note(
      url.at,
      "problem",
      "the address names no replica set (`?replicaSet=rs0`)",
      "Nothing is to be done here: the component's address does",
    );
  }
  const taken = imageArgs(file, service, at, server.version ?? DEFAULT_VERSION);
  const hasUser = environment.has("MONGO_INITDB_ROOT_USERNAME");
  if (hasUser || address?.hasLogIn) {
    file.note(at, "left-out", "the log-in of the database is not taken over", "Use `mongo: { auth: true }`");
  }
  if (Array.isArray(service.ports))
    file.note([...at, "ports"], "left-out", "the database is not published", "Use `docker exec` to reach it");
  const refused = refuseData({ service, server, taken, set, address, hasUser });
  const memoryMb = memoryOf(file, service, at);
  noteOthers(file, service, at, ["image", "environment", "env_file", "volumes", "ports", "mem_limit", "restart"]);
  const kept = dataArgs(file, mountsOf(file, service, at), refused);
  const primary = environment.get("MONGODB_INITIAL_PRIMARY_HOST")?.value;
  const aliases = aliasesOf([name, service.container_name, service.hostname, primary, address?.host]);
  return {
    ...taken,
    ...kept,
    ...(kept.data !== undefined && aliases.length > 0 && { aliases }),
    ...(memoryMb !== undefined && { memoryMb }),
  };
}
