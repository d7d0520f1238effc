/** Where a Docker Engine is, from the provider's configuration, else from the environment as Docker's own tools take it. */
import { readFileSync } from "node:fs";
import { platform } from "node:os";
import { join } from "node:path";
import type { DockerOptions } from "dockerode";
import { messageOf, RunnerError, UnsupportedError } from "../../errors.ts";
import type { Properties } from "../../values.ts";
import { sshAgent } from "./ssh.ts";

export interface Address {
  /** As a person writes it. */
  readonly url: string;
  readonly options: DockerOptions;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** `config`: inputs of the provider resource, opened. */
export function addressOf(config: Properties, env: Environment): Address {
  const setting = (key: string, variable: string) => textOf(config[key]) ?? env[variable];
  if (setting("context", "DOCKER_CONTEXT")) {
    throw new UnsupportedError("A Docker context (docker:context, DOCKER_CONTEXT; set docker:host instead)");
  }
  const fallback = platform() === "win32" ? "npipe:////./pipe/docker_engine" : "unix:///var/run/docker.sock";
  const url = setting("host", "DOCKER_HOST") || fallback;
  // What is undefined here, the client would take from DOCKER_HOST.
  const none = {
    host: undefined,
    port: undefined,
    socketPath: undefined,
    ca: undefined,
    cert: undefined,
    key: undefined,
  };
  const [, scheme = "", rest = ""] = /^(\w+):\/\/(.*)$/.exec(url) ?? [];
  switch (scheme) {
    case "unix":
    case "npipe":
      return { url, options: { ...none, socketPath: rest } as DockerOptions };
    case "ssh": {
      const agent = sshAgent(url, sshOptions(config.sshOpts, env.DOCKER_SSH_OPTS));
      return { url, options: { ...none, protocol: "http", host: "docker", agent } as unknown as DockerOptions };
    }
    case "tcp":
    case "http":
    case "https":
      break;
    default:
      throw new RunnerError(`The Docker host "${url}" is not an address.`, {
        hint: "Give docker:host (or DOCKER_HOST) as unix:///path, tcp://host:port or ssh://user@host.",
      });
  }
  const { hostname, port } = parsed(url);
  const tls = certificates(config, env);
  const protocol = scheme === "https" || tls ? "https" : "http";
  const at = { protocol, host: hostname, port: port || (tls ? "2376" : "2375") };
  return { url, options: { ...none, ...at, ...tls } as DockerOptions };
}

const textOf = (value: unknown) => (typeof value === "string" && value !== "" ? value : undefined);

function parsed(url: string): URL {
  try {
    return new URL(url);
  } catch (error) {
    throw new RunnerError(`The Docker host "${url}" is not an address: ${messageOf(error)}`, { cause: error });
  }
}

function certificates(config: Properties, env: Environment): { ca?: string; cert: string; key: string } | undefined {
  const ca = textOf(config.caMaterial) ?? env.DOCKER_CA_MATERIAL;
  const cert = textOf(config.certMaterial) ?? env.DOCKER_CERT_MATERIAL;
  const key = textOf(config.keyMaterial) ?? env.DOCKER_KEY_MATERIAL;
  if (cert && key) return { ...(ca ? { ca } : {}), cert, key };
  if (cert || key) {
    throw new RunnerError("docker:certMaterial and docker:keyMaterial go together: one of them is missing.");
  }
  const folder = textOf(config.certPath) ?? env.DOCKER_CERT_PATH;
  if (!folder) return undefined;
  const read = (name: string) => {
    try {
      return readFileSync(join(folder, name), "utf8");
    } catch (error) {
      throw new RunnerError(`The certificates for Docker can't be read: ${messageOf(error)}`, {
        hint: "docker:certPath (or DOCKER_CERT_PATH) is a folder with ca.pem, cert.pem and key.pem.",
        cause: error,
      });
    }
  };
  return { ca: read("ca.pem"), cert: read("cert.pem"), key: read("key.pem") };
}

/** A list in a stack's configuration, and on a provider resource, comes as JSON. */
function sshOptions(given: unknown, variable: string | undefined): string[] {
  const value: unknown = typeof given === "string" ? JSON.parse(given) : given;
  if (Array.isArray(value)) return value.map(String);
  return variable?.split(/\s+/).filter(Boolean) ?? [];
}
