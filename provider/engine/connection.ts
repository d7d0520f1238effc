/** Finds out which server to talk to and as whom: stack configuration first, environment behind it. The only reader of the environment. */
import { z } from "zod";
import type { ClientOptions, Credentials } from "../client/client.ts";
import { ConfigurationError } from "../errors.ts";

/** Reads one value of the stack configuration by its full key, `rocketchat:url`. */
export type ConfigReader = (key: string) => string | undefined;

export interface Connection {
  readonly client: Pick<ClientOptions, "url" | "credentials" | "insecure" | "requestTimeoutMs">;
  /** For all resources that do not say it themselves: `default` (each kind's own), `delete` or `retain`. */
  readonly onDestroy: "default" | "delete" | "retain";
  /** How long a server that is still starting is waited for before the first call; 0: not at all. */
  readonly startTimeoutMs: number;
}

const HELP = "See the README, section Configuration, for every way to give it.";

/** A variable that a document names; an empty one counts as not set. */
export const environmentValue = (name: string): string | undefined => process.env[name] || undefined;

/** Names of the settings, and of the variables behind them. */
export const NAMES = {
  url: "ROCKETCHAT_URL",
  userId: "ROCKETCHAT_USER_ID",
  authToken: "ROCKETCHAT_AUTH_TOKEN",
  username: "ROCKETCHAT_USERNAME",
  password: "ROCKETCHAT_PASSWORD",
  totpSecret: "ROCKETCHAT_TOTP_SECRET",
  insecure: "ROCKETCHAT_INSECURE",
  requestTimeoutMs: "ROCKETCHAT_REQUEST_TIMEOUT_MS",
  startTimeoutMs: "ROCKETCHAT_START_TIMEOUT_MS",
  onDestroy: "ROCKETCHAT_ON_DESTROY",
} as const;

type Name = keyof typeof NAMES;

/**
 * Throws ConfigurationError when something is missing or contradictory. Credentials are taken as one set, from the
 * configuration if it holds any of them, else from the environment: never half and half.
 */
export function resolveConnection(config: ConfigReader, env: NodeJS.ProcessEnv = process.env): Connection {
  const fromConfig = (name: Name) => config(`rocketchat:${name}`) || undefined;
  const fromEnv = (name: Name) => env[NAMES[name]] || undefined;
  const either = (name: Name) => fromConfig(name) ?? fromEnv(name);

  const url = either("url");
  if (url === undefined) {
    throw new ConfigurationError("No Rocket.Chat server is configured: rocketchat:url is missing.", {
      hint: `Set it with \`pulumi config set rocketchat:url https://chat.example.com\`, or set ROCKETCHAT_URL. ${HELP}`,
    });
  }
  const inConfig = (["userId", "authToken", "username", "password"] as const).some(
    (name) => fromConfig(name) !== undefined,
  );
  const credentials = readCredentials(inConfig ? fromConfig : fromEnv, either("totpSecret"));
  const requestTimeoutMs = parse(
    "requestTimeoutMs",
    z.coerce.number().int().min(100),
    either("requestTimeoutMs"),
    "a whole number of milliseconds, at least 100",
  );
  return {
    client: {
      url,
      credentials,
      insecure: parse("insecure", z.enum(["true", "false"]), either("insecure"), '"true" or "false"') === "true",
      ...(requestTimeoutMs !== undefined && { requestTimeoutMs }),
    },
    onDestroy:
      parse(
        "onDestroy",
        z.enum(["default", "delete", "retain"]),
        either("onDestroy"),
        '"default", "delete" or "retain"',
      ) ?? "default",
    startTimeoutMs:
      parse(
        "startTimeoutMs",
        z.coerce.number().int().min(0),
        either("startTimeoutMs"),
        "a whole number of milliseconds",
      ) ?? 0,
  };
}

function readCredentials(get: (name: Name) => string | undefined, totpSecret: string | undefined): Credentials {
  const { userId, authToken, username, password } = {
    userId: get("userId"),
    authToken: get("authToken"),
    username: get("username"),
    password: get("password"),
  };
  const totp = totpSecret === undefined ? {} : { totpSecret };
  if (userId !== undefined && authToken !== undefined) {
    return { userId, authToken, ...totp, ...(password !== undefined && { password }) };
  }
  if (username !== undefined && password !== undefined) return { username, password, ...totp };
  const missing =
    userId !== undefined || authToken !== undefined
      ? userId === undefined
        ? "rocketchat:userId is missing beside rocketchat:authToken"
        : "rocketchat:authToken is missing beside rocketchat:userId"
      : username !== undefined || password !== undefined
        ? username === undefined
          ? "rocketchat:username is missing beside rocketchat:password"
          : "rocketchat:password is missing beside rocketchat:username"
        : "neither a token (rocketchat:userId and rocketchat:authToken) nor a log-in (rocketchat:username and rocketchat:password) is configured";
  throw new ConfigurationError(`No credentials for Rocket.Chat: ${missing}.`, {
    hint: `Set secrets with \`pulumi config set --secret\`, or use ROCKETCHAT_USER_ID and ROCKETCHAT_AUTH_TOKEN. ${HELP}`,
  });
}

function parse<T>(name: Name, type: z.ZodType<T>, value: string | undefined, allowed: string): T | undefined {
  if (value === undefined) return undefined;
  const result = type.safeParse(value);
  if (result.success) return result.data;
  throw new ConfigurationError(`rocketchat:${name} (or ${NAMES[name]}) must be ${allowed}, but is "${value}".`);
}
