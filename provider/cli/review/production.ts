/** A server in production is changed by a script only when that names it. Looks at configuration, asks no server. */
import { NAMES } from "../../engine/connection.ts";
import { RunnerError } from "../../runner/errors.ts";
import { isInteractive } from "../engine/ask.ts";
import type { EngineChoice } from "../engine/choose.ts";
import type { EngineOptions } from "../engine/options.ts";
import type { ProductionOptions } from "./options.ts";
import { configOf } from "./server.ts";

/** Rejects when the run must not begin. */
export async function confirmServer(choice: EngineChoice, options: EngineOptions & ProductionOptions): Promise<void> {
  // A person at a terminal reads the preview and says yes.
  if (options.confirm === undefined && isInteractive()) return;
  const config = await configOf(options, { open: false }).catch((error: unknown) => {
    // What this package can't read (another backend, Pulumi ESC) the Pulumi CLI may: it is no reason to refuse what nobody asked to guard.
    if (choice.engine === "pulumi" && !options.production && options.confirm === undefined) return undefined;
    throw error;
  });
  if (config === undefined) return;
  const production = options.production === true || config.get("rocketchat:production")?.value === "true";
  if (options.confirm === undefined && !production) return;
  const url = config.get("rocketchat:url")?.value || process.env[NAMES.url];
  const host = url !== undefined && URL.canParse(url) ? new URL(url).host : undefined;
  if (host === undefined) {
    throw new RunnerError("No server can be confirmed: rocketchat:url is missing or no address.", {
      hint: "Set it with `pulumi-rocketchat config set rocketchat:url https://chat.example.com`.",
    });
  }
  if (options.confirm === undefined) {
    throw new RunnerError(`${host} is in production, and nobody can be asked. Nothing was changed.`, {
      hint: `If it is the one that is meant, add --confirm ${host}.`,
    });
  }
  if (options.confirm !== host) {
    throw new RunnerError(
      `--confirm names ${options.confirm}, but the server of this stack is ${host}. Nothing was changed.`,
      {
        hint: "Choose the other stack (--stack), or name this server.",
      },
    );
  }
}
