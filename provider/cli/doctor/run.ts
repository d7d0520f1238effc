/** A visit from the address to the permissions: each check needs what the one before it found. Writes nothing on the server. */
import type { Client, Credentials } from "../../client/client.ts";
import { createClient } from "../../client/create-client.ts";
import { RocketChatError } from "../../errors.ts";
import { handlers } from "../../kinds/handlers.ts";
import { loadDocument } from "../../workspace/load.ts";
import { documentIn } from "../document/project.ts";
import { connectionOf, type ServerOptions } from "../export/connection.ts";
import { type Check, checkLines, failedBy } from "./check.ts";
import { type Declared, declaredBy, permissionChecks, permissionsHeld } from "./permissions.ts";
import { checkTls } from "./tls.ts";

export interface DoctorOptions extends ServerOptions {
  readonly cwd?: string;
  readonly overlay?: readonly string[];
  readonly json?: boolean;
}

/** First and last major version that this package knows. */
const KNOWN = { first: 6, last: 9 } as const;
const BYPASS = "api-bypass-rate-limit";

/** The result, or a failed check where an error meant for people came. */
async function told<T>(name: string, checks: Check[], act: () => Promise<T>): Promise<T | undefined> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof RocketChatError)) throw error;
    checks.push(failedBy(name, error));
    return undefined;
  }
}

/** What a document declares; every kind where there is none. */
function declaredIn(file: string | undefined, overlay: readonly string[] | undefined): Declared {
  if (file === undefined) return new Map([...handlers.values()].map((handler) => [handler, undefined]));
  return declaredBy(loadDocument(file, overlay).entries);
}

function checkSecondFactor(credentials: Credentials, declared: Declared): Check {
  const name = "two-factor";
  const hasAnswer = credentials.totpSecret !== undefined || credentials.password !== undefined;
  const asks = ["Setting", "CustomOAuthService"].filter((kind) =>
    [...declared.keys()].some((one) => one.kind === kind),
  );
  if (hasAnswer || asks.length === 0) return { name, verdict: "ok", text: "what the server asks for can be answered" };
  return {
    name,
    verdict: "warning",
    text: "the server may ask for a second factor before it changes settings, and a token alone can't answer",
    fix: "Give rocketchat:password (or rocketchat:totpSecret) beside the token, or use a token that was made to ignore two-factor.",
  };
}

async function examine(client: Client, credentials: Credentials, declared: Declared, checks: Check[]): Promise<void> {
  // Nobody waits for a server that is away: whether it answers is the question.
  const silence = await client.awaitAnswer(0);
  const server = await told("server", checks, () => (silence ? Promise.reject(silence) : client.server()));
  if (server === undefined) return;
  const isKnown = server.major >= KNOWN.first && server.major <= KNOWN.last;
  checks.push({
    name: "server",
    verdict: isKnown ? "ok" : "warning",
    text: `Rocket.Chat ${server.version}${isKnown ? "" : `; known are ${KNOWN.first}.x to ${KNOWN.last}.0`}`,
    ...(!isKnown && { fix: "Preview first, and look at what comes of it on a server for trials." }),
  });
  const self = await told("log-in", checks, () => client.self());
  if (self === undefined) return;
  const roles = self.roles.join(", ") || "none";
  checks.push({ name: "log-in", verdict: "ok", text: `${self.username} (roles: ${roles})` });
  checks.push(checkSecondFactor(credentials, declared));
  const held = await told("permissions", checks, () => permissionsHeld(client));
  if (held === undefined) return;
  checks.push(
    held.has(BYPASS)
      ? { name: "rate limits", verdict: "ok", text: "the account is exempt" }
      : {
          name: "rate limits",
          verdict: "warning",
          text: "the account is held to them: with the default, 10 calls of a kind each minute",
          fix: `Give one of its roles the permission ${BYPASS}; without it big changes take long.`,
        },
  );
  checks.push(...permissionChecks(declared, held));
}

/** Every check up to the first without which the next can't be made. Throws DocumentError. */
export async function visit(options: DoctorOptions): Promise<Check[]> {
  const declared = declaredIn(options.file ?? documentIn(process.cwd()), options.overlay);
  const checks: Check[] = [];
  const connection = await told("configuration", checks, () => connectionOf(options));
  if (connection === undefined) return checks;
  const { client: settings } = connection;
  const client = await told("address", checks, async () => createClient(settings));
  if (client === undefined) return checks;
  checks.push({ name: "address", verdict: "ok", text: client.url });
  try {
    const tls = await checkTls(client.url);
    checks.push(tls);
    if (tls.verdict !== "failed") await examine(client, settings.credentials, declared, checks);
  } finally {
    await client.close();
  }
  return checks;
}

/** Sets the exit code: 1 when a check failed. */
export async function runDoctor(options: DoctorOptions): Promise<void> {
  const checks = await visit(options);
  process.stdout.write(options.json ? `${JSON.stringify(checks, undefined, 2)}\n` : checks.map(checkLines).join(""));
  if (checks.some(({ verdict }) => verdict === "failed")) process.exitCode = 1;
}
