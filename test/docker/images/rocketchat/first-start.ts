/** What Rocket.Chat does with its environment when it starts: first admin, fixed settings, data of an older release. */
import { freshState } from "../../../../provider/sandbox/core/fresh.ts";
import { type State, VERSIONS, type Version } from "../../../../provider/sandbox/core/state.ts";
import { builtInSettings } from "../../../../provider/sandbox/data/catalogue.ts";

type Environment = Readonly<Record<string, string | undefined>>;

const OVERWRITE = "OVERWRITE_SETTING_";

function typed(text: string, like: unknown): unknown {
  if (typeof like === "boolean") return text === "true";
  if (typeof like === "number") return Number(text);
  return typeof like === "object" && like !== null ? JSON.parse(text) : text;
}

function first(version: Version, env: Environment): State {
  const { ADMIN_USERNAME: username = "admin", ADMIN_PASS: password = "supersecret", ADMIN_NAME, ADMIN_EMAIL } = env;
  const state = freshState(version, { username, password });
  const admin = Object.values(state.users).find(({ roles }) => roles.includes("admin"));
  if (admin === undefined) return state;
  admin.name = ADMIN_NAME ?? "Administrator";
  if (ADMIN_EMAIL === undefined) delete admin.emails;
  else admin.emails = [{ address: ADMIN_EMAIL, verified: true }];
  return state;
}

export function versionOf(text: string | undefined): Version {
  const version = VERSIONS.find((known) => known === text);
  if (version === undefined) throw new Error(`RC_VERSION must be one of ${VERSIONS.join(", ")}, but is ${text}`);
  return version;
}

/** The admin comes from the environment at the first start only; settings at each one. */
export function start(found: State | undefined, version: Version, env: Environment): State {
  if (found !== undefined && found.version.localeCompare(version, "en", { numeric: true }) > 0)
    throw new Error(`the database was brought to Rocket.Chat ${found.version}; ${version} can't go back`);
  const state = found ?? first(version, env);
  state.version = version;
  const known = builtInSettings(version);
  for (const [name, text = ""] of Object.entries(env)) {
    const id = name.slice(OVERWRITE.length);
    if (!name.startsWith(OVERWRITE) || known[id] === undefined) continue;
    const value = typed(text, known[id].value);
    if (state.settings[id]?.value !== value) state.settings[id] = { value, _updatedAt: new Date().toISOString() };
  }
  return state;
}
