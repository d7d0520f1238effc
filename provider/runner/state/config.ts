/** From the `config` of a stack file and of Pulumi.yaml to values as the SDK and the CLI's state have them. No files. */
import { StateError } from "./errors.ts";
import type { Project } from "./project.ts";
import type { Cipher, ConfigValue, StackConfig } from "./types.ts";

/** `namespace:name` of a key as written: `name`, `ns:name` or the old `ns:config:name`. Throws StateError. */
export function parseKey(key: string, project: string, path: string): string {
  const parts = key.split(":");
  if (parts.length === 1 && parts[0]) return `${project}:${key}`;
  if (parts.length === 2 && parts[0] && parts[1]) return key;
  if (parts.length === 3 && parts[0] && parts[1] === "config" && parts[2]) return `${parts[0]}:${parts[2]}`;
  throw new StateError(`${path}: "${key}" can't be a configuration key.`, { hint: "Write name, or namespace:name." });
}

/** Opens all values. `unlock` is called only when there is a secret; `partial` leaves out what is declared and missing. */
export async function openConfig(options: {
  readonly project: Project;
  readonly path: string;
  readonly stack: string;
  readonly raw: unknown;
  readonly unlock: () => Promise<Cipher>;
  readonly partial?: boolean;
}): Promise<StackConfig> {
  const { project, path, stack, raw, unlock, partial = false } = options;
  if (typeof raw !== "object" || raw === null || Array.isArray(raw))
    throw new StateError(`${path}: "config" must be a map.`);
  const cipher = hasSecret(raw) ? await unlock() : undefined;
  const config = new Map<string, ConfigValue>();
  for (const [key, value] of Object.entries(raw)) {
    const name = parseKey(key, project.name, path);
    try {
      config.set(name, openValue(value, cipher));
    } catch (error) {
      throw new StateError(`${path}: ${key}: ${error instanceof Error ? error.message : String(error)}`, {
        cause: error,
      });
    }
  }
  for (const [key, declared] of Object.entries(project.config)) {
    const name = parseKey(key, project.name, project.path);
    if (config.has(name)) continue;
    const value = declaredValue(declared);
    if (value !== undefined) config.set(name, openValue(value, undefined));
    else if (!partial)
      throw new StateError(
        `The stack ${stack} has no value for ${name}, which ${project.path} declares without a default.`,
        {
          hint: `Set it with \`pulumi-rocketchat config set ${name} <value> --stack ${stack}\`, which writes ${path}.`,
        },
      );
  }
  return config;
}

/** Pulumi.yaml: a value itself, or `{ value }`, or `{ type, default }`. */
function declaredValue(declared: unknown): unknown {
  if (typeof declared !== "object" || declared === null || Array.isArray(declared)) return declared ?? undefined;
  const { value, default: fallback } = declared as { value?: unknown; default?: unknown };
  return value ?? fallback;
}

function sealedText(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const { secure, ...rest } = value as Record<string, unknown>;
  return typeof secure === "string" && Object.keys(rest).length === 0 ? secure : undefined;
}

function hasSecret(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return sealedText(value) !== undefined || Object.values(value).some(hasSecret);
}

function openValue(value: unknown, cipher: Cipher | undefined): ConfigValue {
  const sealed = sealedText(value);
  if (sealed !== undefined) return { value: open(sealed, cipher), secret: true, isObject: false };
  if (typeof value === "object" && value !== null)
    return { value: canonicalJson(openInside(value, cipher)), secret: hasSecret(value), isObject: true };
  return { value: value === null || value === undefined ? "" : String(value), secret: false, isObject: false };
}

function open(sealed: string, cipher: Cipher | undefined): string {
  if (!cipher) throw new StateError("a secure value can stand in a stack's file only.");
  return cipher.open(sealed);
}

function openInside(value: unknown, cipher: Cipher | undefined): unknown {
  const sealed = sealedText(value);
  if (sealed !== undefined) return open(sealed, cipher);
  if (Array.isArray(value)) return value.map((item) => openInside(item, cipher));
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, openInside(inner, cipher)]));
  return value;
}

/** JSON as the CLI writes it: sorted keys, `<`, `>`, `&` escaped. Its text is an input of the provider, so it must be the same. */
function canonicalJson(value: unknown): string {
  const write = (item: unknown): string => {
    if (Array.isArray(item)) return `[${item.map(write).join(",")}]`;
    if (typeof item === "object" && item !== null) {
      const entries = Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1));
      return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${write(inner)}`).join(",")}}`;
    }
    return JSON.stringify(item ?? null);
  };
  return write(value).replace(/[<>&\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
