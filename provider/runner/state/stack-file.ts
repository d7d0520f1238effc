/** `Pulumi.<stack>.yaml`: configuration and salt. Keeps comments and order when it writes. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Document, isMap, parseDocument } from "yaml";
import { openConfig, parseKey } from "./config.ts";
import { fileError, isMissing, StateError } from "./errors.ts";
import { writeFileSafely } from "./files.ts";
import { type Project, stackFileName } from "./project.ts";
import type { Cipher, Keyring, StackConfig } from "./types.ts";

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
   * there are secrets. Rejects with StateError.
   */
  config(keyring: Keyring): Promise<StackConfig>;
  /** Sets one value and writes the file. `key` is `namespace:name`, or a name of the project's own namespace. */
  set(key: string, value: string, options?: { readonly secret?: boolean; readonly keyring?: Keyring }): Promise<void>;
}

/** Opens the file of a stack; a missing one is an empty one. Writes nothing by itself. */
export async function openStackFile(project: Project, stack: string): Promise<StackFile> {
  const path = join(project.stackConfigDir, stackFileName(project, stack));
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw fileError("read", path, error);
  });
  const document: Document = parseDocument(text ?? "");
  const [syntax] = document.errors;
  if (syntax) throw new StateError(`${path} is not valid YAML: ${syntax.message.trim()}`);
  if (document.contents !== null && !isMap(document.contents))
    throw new StateError(`${path} must be a map with the key "config".`);

  const saltOf = () => {
    const salt = document.get("encryptionsalt");
    return typeof salt === "string" && salt !== "" ? salt : undefined;
  };
  const refuseOtherProviders = () => {
    const provider = document.get("secretsprovider") ?? (document.has("encryptedkey") ? "a cloud key" : undefined);
    if (provider !== undefined && provider !== "" && provider !== "passphrase")
      throw new StateError(
        `${path}: the secrets provider "${String(provider)}" is not supported by the embedded runner.`,
        {
          hint: "Use the Pulumi CLI, or change it there: pulumi stack change-secrets-provider passphrase.",
        },
      );
  };
  // Others (the CLI, an editor, a git checkout) give this file its mode; it holds no secret in clear.
  const write = () => writeFileSafely(path, document.toString({ lineWidth: 0 }), { mode: 0o644 });

  const ensureCipher = async (keyring: Keyring): Promise<Cipher> => {
    refuseOtherProviders();
    const salt = saltOf();
    if (salt) return keyring.unlock(salt, path);
    const cipher = await keyring.create();
    document.set("encryptionsalt", cipher.salt);
    await write();
    return cipher;
  };

  return {
    path,
    existed: text !== undefined,
    get salt() {
      return saltOf();
    },
    ensureSalt: async (keyring) => (await ensureCipher(keyring)).salt,
    config(keyring) {
      if (document.has("environment"))
        throw new StateError(`${path}: "environment" (Pulumi ESC) is not supported by the embedded runner.`, {
          hint: "Use the Pulumi CLI for stacks that import environments.",
        });
      const unlock = async () => {
        refuseOtherProviders();
        const salt = saltOf();
        if (!salt) throw new StateError(`${path} has secure values but no encryptionsalt, so they can't be opened.`);
        return keyring.unlock(salt, path);
      };
      return openConfig({ project, path, stack, raw: document.toJS()?.config ?? {}, unlock });
    },
    async set(key, value, options = {}) {
      const name = parseKey(key, project.name, path);
      let entry: unknown = value;
      if (options.secret) {
        if (!options.keyring) throw new TypeError("A secret needs a keyring.");
        entry = { secure: (await ensureCipher(options.keyring)).seal(value) };
      }
      document.setIn(["config", name], document.createNode(entry));
      await write();
    },
  };
}
