/** `Pulumi.<stack>.yaml`: configuration and salt. Writes one entry at a time and leaves the rest of the text alone. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Document, isMap, isScalar, type Pair } from "yaml";
import { openConfig, parseKey } from "./config.ts";
import { type ConfigPath, refuseUnfit, valueAt } from "./config-path.ts";
import { fileError, isMissing, StateError } from "./errors.ts";
import { writeFileSafely } from "./files.ts";
import { type Project, stackFileName } from "./project.ts";
import type { Cipher, Keyring, StackConfig } from "./types.ts";
import { editYaml, parseYaml, textNode } from "./yaml-edit.ts";

export interface StackFile {
  readonly path: string;
  /** True when the file was there. */
  readonly existed: boolean;
  /** `encryptionsalt`, or undefined. */
  readonly salt: string | undefined;
  /**
   * The salt, after a new one was made and written when there was none.
   * Rejects with StateError when the passphrase is missing or wrong, or the file names another secrets provider.
   */
  ensureSalt(keyring: Keyring): Promise<string>;
  /**
   * The stack's configuration, with what the project declares filled in; secrets opened. Needs the passphrase only when
   * there are secrets. Rejects with StateError, also when a declared value is missing.
   */
  config(keyring: Keyring): Promise<StackConfig>;
  /** The configuration for a person: what is missing is left out, and without a keyring secrets stay masked. */
  list(keyring: Keyring | undefined): Promise<StackConfig>;
  /**
   * Sets one value and writes the file. The path's first part is `namespace:name`, or a name of the project's own
   * namespace. Inside a value `true`, `false` and whole numbers are stored as such; all else is text.
   */
  set(
    path: string | ConfigPath,
    value: string,
    options?: { readonly secret?: boolean; readonly keyring?: Keyring },
  ): Promise<void>;
  /** Seals many values by their keys and writes the file once. */
  seal(values: ReadonlyMap<string, string>, keyring: Keyring): Promise<void>;
  /** Removes a value and writes the file; what is not there is removed already. */
  remove(path: string | ConfigPath): Promise<void>;
}

/** The path of a stack's file. */
export const stackFilePath = (project: Project, stack: string): string =>
  join(project.stackConfigDir, stackFileName(project, stack));

/** An empty map is written as `{}` or as nothing; the first entry makes it a block. */
function makeBlock(changed: Document): void {
  const map = changed.get("config");
  if (!isMap(map) || map.items.length === 0) changed.set("config", changed.createNode({}, { flow: false }));
}

/** The configuration's entries by their keys as they are written: there may be thousands. */
function pairsOf(document: Document): Map<string, Pair> {
  const config = document.get("config");
  const items = isMap(config) ? config.items : [];
  return new Map(items.map((pair) => [String(isScalar(pair.key) ? pair.key.value : pair.key), pair]));
}

/** Opens the file of a stack; a missing one is an empty one. Writes nothing by itself. */
export async function openStackFile(project: Project, stack: string): Promise<StackFile> {
  const path = stackFilePath(project, stack);
  const found = await readFile(path, "utf8").catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw fileError("read", path, error);
  });
  let text = found ?? "";
  let document = parseStackFile(text, path);

  const saltOf = () => {
    const salt = document.get("encryptionsalt");
    return typeof salt === "string" && salt !== "" ? salt : undefined;
  };
  const edit = async (place: readonly string[], change: (document: Document) => void) => {
    const next = editYaml(text, place, change);
    // Others (the CLI, an editor, a git checkout) give this file its mode; it holds no secret in clear.
    await writeFileSafely(path, next, { mode: 0o644 });
    text = next;
    document = parseYaml(next);
  };
  const ensureCipher = async (keyring: Keyring): Promise<Cipher> => {
    refuseOtherProviders(document, path);
    const salt = saltOf();
    if (salt) return keyring.unlock(salt, path);
    const cipher = await keyring.create();
    await edit(["encryptionsalt"], (changed) => changed.set("encryptionsalt", cipher.salt));
    return cipher;
  };
  const open = (options: { readonly partial?: boolean }, keyring: Keyring | undefined) => {
    if (document.has("environment"))
      throw new StateError(`${path}: "environment" (Pulumi ESC) is not supported by the embedded runner.`, {
        hint: "Use the Pulumi CLI for stacks that import environments.",
      });
    const unlock = async () => {
      if (!keyring) return maskingCipher;
      refuseOtherProviders(document, path);
      const salt = saltOf();
      if (!salt) throw new StateError(`${path} has secure values but no encryptionsalt, so they can't be opened.`);
      return keyring.unlock(salt, path);
    };
    return openConfig({ project, path, stack, raw: document.toJS()?.config ?? {}, unlock, ...options });
  };
  /** Gives a key as the file spells it (`name`, `ns:name`, `ns:config:name`), else as it is written new. */
  const spelling = (): ((key: string) => string) => {
    const spelled = new Map<string, string>();
    for (const key of pairsOf(document).keys()) {
      const name = parseKey(key, project.name, path);
      if (!spelled.has(name)) spelled.set(name, key);
    }
    return (key) => {
      const name = parseKey(key, project.name, path);
      return spelled.get(name) ?? name;
    };
  };

  return {
    path,
    existed: found !== undefined,
    get salt() {
      return saltOf();
    },
    ensureSalt: async (keyring) => (await ensureCipher(keyring)).salt,
    config: async (keyring) => open({}, keyring),
    list: async (keyring) => open({ partial: true }, keyring),
    async set(where, value, options = {}) {
      const [first, ...inside] = typeof where === "string" ? ([where] as const) : where;
      const key = spelling()(first);
      const config = configOf(document, path);
      refuseUnfit(config[key], [key, ...inside]);
      let entry: unknown = inside.length > 0 ? typed(value) : textNode(value);
      if (options.secret) {
        if (!options.keyring) throw new TypeError("A secret needs a keyring.");
        entry = { secure: (await ensureCipher(options.keyring)).seal(value) };
      }
      await edit(["config", key], (changed) => {
        makeBlock(changed);
        changed.setIn(["config", key, ...inside], changed.createNode(entry));
      });
    },
    async seal(values, keyring) {
      if (values.size === 0) return;
      const cipher = await ensureCipher(keyring);
      configOf(document, path);
      const spelled = spelling();
      const sealed = [...values].map(([key, text]) => [spelled(key), { secure: cipher.seal(text) }] as const);
      await edit(["config"], (changed) => {
        makeBlock(changed);
        const [map, pairs] = [changed.get("config"), pairsOf(changed)];
        for (const [key, entry] of sealed) {
          const pair = pairs.get(key);
          if (pair) pair.value = changed.createNode(entry);
          else if (isMap(map)) map.items.push(changed.createPair(key, entry));
        }
      });
    },
    async remove(where) {
      const [first, ...inside] = typeof where === "string" ? ([where] as const) : where;
      const key = spelling()(first);
      const config = configOf(document, path);
      if (valueAt(config, [key, ...inside]) === undefined) return;
      // The CLI leaves no empty map behind.
      const isLast = inside.length === 0 && Object.keys(config).length === 1;
      await edit(isLast ? ["config"] : ["config", key], (changed) => {
        changed.deleteIn(isLast ? ["config"] : ["config", key, ...inside]);
      });
    },
  };
}

/** Shows nothing and opens nothing. */
const maskingCipher: Cipher = {
  salt: "",
  open: () => "[secret]",
  seal: () => {
    throw new TypeError("This cipher seals nothing.");
  },
};

function typed(value: string): unknown {
  if (value === "true" || value === "false") return value === "true";
  return /^[+-]?(0|[1-9]\d*)$/.test(value) && Number.isSafeInteger(Number(value)) ? Number(value) : textNode(value);
}

/** The map to change. What is no map is not replaced by one: somebody wrote it. */
function configOf(document: Document, path: string): Record<string, unknown> {
  const config = (document.toJS() as { config?: unknown } | null)?.config ?? {};
  if (typeof config !== "object" || Array.isArray(config)) throw new StateError(`${path}: "config" must be a map.`);
  return config as Record<string, unknown>;
}

function parseStackFile(text: string, path: string): Document {
  const document = parseYaml(text);
  const [syntax] = document.errors;
  if (syntax)
    throw new StateError(`${path} is not valid YAML: ${syntax.message.trim()}`, {
      hint: "Mend the file in an editor; nothing was changed.",
    });
  if (document.contents !== null && !isMap(document.contents))
    throw new StateError(`${path} must be a map with the key "config".`);
  return document;
}

function refuseOtherProviders(document: Document, path: string): void {
  const provider = document.get("secretsprovider") ?? (document.has("encryptedkey") ? "a cloud key" : undefined);
  if (provider !== undefined && provider !== "" && provider !== "passphrase")
    throw new StateError(
      `${path}: the secrets provider "${String(provider)}" is not supported by the embedded runner.`,
      {
        hint: "Use the Pulumi CLI, or change it there: pulumi stack change-secrets-provider passphrase.",
      },
    );
}
