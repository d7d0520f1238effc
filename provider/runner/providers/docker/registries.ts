/** Credentials for image registries, from the provider's `registryAuth`. Knows no engine. */
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { messageOf, RunnerError, UnsupportedError } from "../../errors.ts";
import { isObject, type Properties } from "../../values.ts";

export interface Credentials {
  readonly username: string;
  readonly password: string;
  readonly serveraddress: string;
}

/** Of the registry that an image comes from. */
export type Registries = (image: string) => Credentials | undefined;

const HUB = "registry-1.docker.io";
const HUB_NAMES = [HUB, "docker.io", "index.docker.io", "registry.hub.docker.com"];

/** `given`: a list, or one as JSON, which is how a provider resource and a stack's configuration have it. */
export function registriesOf(given: unknown): Registries {
  const entries: unknown = typeof given === "string" && given !== "" ? JSON.parse(given) : given;
  const known = new Map<string, Credentials>();
  for (const entry of Array.isArray(entries) ? entries.filter(isObject) : []) {
    const host = hostOf(String(entry.address ?? ""));
    const found = credentials(entry, host);
    if (found) known.set(host, { ...found, serveraddress: host });
  }
  return (image) => known.get(registryOf(image));
}

function registryOf(image: string): string {
  const [first = "", ...rest] = image.split("/");
  const named = rest.length > 0 && (/[.:]/.test(first) || first === "localhost");
  return named ? hostOf(first) : HUB;
}

function hostOf(address: string): string {
  const host = address.replace(/^https?:\/\//, "").split("/")[0] ?? "";
  return HUB_NAMES.includes(host) ? HUB : host;
}

function credentials(entry: Properties, host: string): { username: string; password: string } | undefined {
  if (entry.authDisabled === true) return { username: "username", password: "password" };
  const username = entry.username ?? process.env.DOCKER_REGISTRY_USER;
  if (typeof username === "string" && username !== "") {
    return { username, password: String(entry.password ?? process.env.DOCKER_REGISTRY_PASS ?? "") };
  }
  const folder = process.env.DOCKER_CONFIG ?? "~/.docker";
  const file = String(entry.configFile ?? join(folder, "config.json")).replace(/^~/, homedir());
  const content = entry.configFileContent;
  return fromConfigFile(typeof content === "string" ? content : contentOf(file), host);
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new RunnerError(`Docker's registry credentials can't be read: ${messageOf(error)}`, {
      hint: "Give docker:registryAuth a username and a password, or log in with `docker login`.",
      cause: error,
    });
  }
}

function fromConfigFile(content: string, host: string): { username: string; password: string } | undefined {
  const config = JSON.parse(content) as { auths?: Record<string, { auth?: string }>; credsStore?: string };
  const entry = Object.entries(config.auths ?? {}).find(([address]) => hostOf(address) === host)?.[1];
  if (!entry) return undefined;
  if (!entry.auth) throw new UnsupportedError(`Docker's credential store ("${config.credsStore ?? "a helper"}")`);
  const [username = "", ...password] = Buffer.from(entry.auth, "base64").toString("utf8").split(":");
  return { username, password: password.join(":") };
}
