/** Rocket.Chat's service as arguments of the component. Knows the database by its address only. */
import { secret } from "@pulumi/pulumi";
import { refuseVersion } from "../../../kinds/local/versions.ts";
import type { RocketChatServerArgs } from "../args.ts";
import { type Environment, environmentOf, type Variable } from "./environment.ts";
import type { ComposeFile, Mapping, Path } from "./file.ts";
import { parseImage } from "./image.ts";
import { mountsOf } from "./mounts.ts";
import { portsOf } from "./ports.ts";
import { memoryOf, noteOthers, restartOf } from "./service.ts";

const OVERWRITE = "OVERWRITE_SETTING_";
const INNER_PORT = 3000;

export interface TakenServer {
  readonly args: RocketChatServerArgs;
  /** The release that runs now. Undefined: the file does not tell, or it can't be used. */
  readonly version: string | undefined;
  readonly mongoUrl: Variable | undefined;
  readonly hasTransporter: boolean;
}

function imageOf(file: ComposeFile, service: Mapping, at: Path): RocketChatServerArgs {
  const image = parseImage(String(service.image));
  const where = [...at, "image"];
  const { tag } = image;
  if (image.hasDigest)
    file.note(where, "left-out", "the digest is not taken over", "The tag counts; it must be a whole release");
  const said = tag === undefined ? `has no tag, which means "latest"` : `the tag "${tag}" is no release that is known`;
  const isKnown = tag !== undefined && refuseVersion(tag) === undefined;
  if (!isKnown) {
    file.note(
      where,
      "problem",
      `${said}: nobody could tell what an upgrade starts from`,
      "Ask the running server (`curl <address>/api/info`) and write that release into the file; without it a new, empty server of the default release is made",
    );
  }
  return { image: image.name, ...(isKnown && { version: tag }) };
}

function addressOf(file: ComposeFile, service: Mapping, at: Path, inner: number): RocketChatServerArgs {
  const ports = portsOf(file, service, at);
  const own = ports.find(({ target }) => target === inner);
  for (const port of ports) {
    if (port !== own)
      file.note(
        port.at,
        "left-out",
        `port ${port.target} is not published`,
        "Reach it from a container in the component's network",
      );
  }
  if (own === undefined) {
    file.note(
      [...at, ...(service.ports == null ? [] : ["ports"])],
      "left-out",
      `port ${inner} of the server is not published, so \`port\` keeps its default, on 127.0.0.1`,
    );
    return {};
  }
  if (own.published === undefined) {
    file.note(own.at, "left-out", "the port of the host would be another one after each start", "Say one with `port`");
  }
  return { ...(own.published !== undefined && { port: own.published }), bindAddress: own.address ?? "0.0.0.0" };
}

/** Those that have an argument of their own. */
const NAMED: Readonly<Record<string, (value: string) => RocketChatServerArgs>> = {
  ROOT_URL: (rootUrl) => ({ rootUrl }),
  ADMIN_USERNAME: (adminUsername) => ({ adminUsername }),
  ADMIN_PASS: (password) => ({ adminPassword: secret(password) }),
  ADMIN_NAME: (adminName) => ({ adminName }),
  ADMIN_EMAIL: (adminEmail) => ({ adminEmail }),
};

const REPLACED: Readonly<Record<string, string>> = {
  PORT: "inside its container the server listens at 3000",
  MONGO_URL: "the component brings its own database and knows its address",
  MONGO_OPLOG_URL: "servers have long followed the database by change streams",
  TRANSPORTER: "follows from `nats`",
  [`${OVERWRITE}Show_Setup_Wizard`]: "the component switches the wizard off",
};

function variables(file: ComposeFile, environment: Environment): RocketChatServerArgs {
  const settings: Record<string, string> = {};
  const env: Record<string, string> = {};
  let args: RocketChatServerArgs = {};
  for (const [name, { value, at }] of environment) {
    const named = NAMED[name];
    if (REPLACED[name] !== undefined) file.note(at, "replaced", REPLACED[name]);
    else if (named !== undefined) args = { ...args, ...(value !== "" && named(value)) };
    else if (name.startsWith(OVERWRITE)) settings[name.slice(OVERWRITE.length)] = value;
    else env[name] = value;
  }
  return {
    ...args,
    ...(Object.keys(settings).length > 0 && { settings: settings as NonNullable<RocketChatServerArgs["settings"]> }),
    ...(Object.keys(env).length > 0 && { env }),
  };
}

export function takeServer(file: ComposeFile, service: Mapping, at: Path): TakenServer {
  const environment = environmentOf(file, service, at);
  const image = imageOf(file, service, at);
  const volumes = mountsOf(file, service, at).map(({ source, target, readOnly }) => ({
    source,
    target,
    ...(readOnly && { readOnly }),
  }));
  const memoryMb = memoryOf(file, service, at);
  noteOthers(file, service, at, ["image", "ports", "environment", "env_file", "volumes", "restart", "mem_limit"]);
  return {
    args: {
      ...image,
      ...addressOf(file, service, at, Number(environment.get("PORT")?.value ?? INNER_PORT)),
      ...variables(file, environment),
      ...(volumes.length > 0 && { volumes }),
      ...(memoryMb !== undefined && { memoryMb }),
      ...restartOf(service),
    },
    version: image.version as string | undefined,
    mongoUrl: environment.get("MONGO_URL"),
    hasTransporter: environment.has("TRANSPORTER"),
  };
}
