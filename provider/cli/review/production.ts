/** A server in production is changed by a run that nobody is asked about only when that names it. Looks at configuration, asks no server. */
import { NAMES } from "../../engine/connection.ts";
import { ConfigurationError, RocketChatError } from "../../errors.ts";
import { RunnerError } from "../../runner/errors.ts";
import type { StackConfig } from "../../runner/state/index.ts";
import { isInteractive } from "../engine/ask.ts";
import type { EngineChoice } from "../engine/choose.ts";
import { isAsked } from "../engine/confirm.ts";
import type { EngineOptions } from "../engine/options.ts";
import type { ProductionOptions } from "./options.ts";
import { configOf } from "./server.ts";

const KEY = "rocketchat:production";

/** Rejects when the run must not begin. */
export async function confirmServer(choice: EngineChoice, options: EngineOptions & ProductionOptions): Promise<void> {
  if (options.confirm === undefined && isAsked(options)) return;
  const config = await configOf(choice, options, false).catch((error: unknown) => {
    // A stack that nobody can read yet is no reason to refuse what nobody asked to guard.
    const unasked = !options.production && options.confirm === undefined;
    if (error instanceof RocketChatError && choice.engine === "pulumi" && unasked) return undefined;
    throw error;
  });
  if (config !== undefined)
    confirmHost(options, isProduction(config), config.get("rocketchat:url")?.value || process.env[NAMES.url]);
}

/** Throws ConfigurationError for anything but true and false: a slip of the pen must not leave a server unguarded. */
export function isProduction(config: StackConfig): boolean {
  const value = config.get(KEY)?.value;
  if (value === undefined || value === "false") return false;
  if (value === "true") return true;
  throw new ConfigurationError(`${KEY} must be true or false, in clear.`, {
    hint: `Set it with \`pulumi-rocketchat config set ${KEY} true\`.`,
  });
}

/** Throws when the run must not begin; `production`: what the stack's configuration says. */
export function confirmHost(
  options: ProductionOptions & Pick<EngineOptions, "yes" | "skipPreview">,
  production: boolean,
  url: string | undefined,
): void {
  const { confirm } = options;
  if (confirm === undefined && ((!production && options.production !== true) || isAsked(options))) return;
  const host = url !== undefined && URL.canParse(url) ? new URL(url).host : undefined;
  if (host === undefined) {
    throw new RunnerError("No server can be confirmed: rocketchat:url is missing or no address.", {
      hint: "Set it with `pulumi-rocketchat config set rocketchat:url https://chat.example.com`.",
    });
  }
  if (confirm === undefined) {
    throw new RunnerError(`${host} is in production, and nobody is asked. Nothing was changed.`, {
      hint: `If it is the one that is meant, add --confirm ${host}${isInteractive() ? ", or leave --yes and --skip-preview out" : ""}.`,
    });
  }
  if (confirm !== host) {
    throw new RunnerError(`--confirm names ${confirm}, but the server of this stack is ${host}. Nothing was changed.`, {
      hint: "Choose the other stack (--stack), or name this server.",
    });
  }
}
