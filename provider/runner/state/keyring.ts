/** Pulumi's passphrase secrets provider: one passphrase, one cipher per salt. Knows nothing of files that hold secrets. */
import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, pbkdf2, randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { fileError, StateError } from "./errors.ts";
import type { Cipher, Environment, Keyring } from "./types.ts";

// Fixed by Pulumi's format "v1".
const rounds = 1_000_000;
const keyBytes = 32;
const saltBytes = 8;
const nonceBytes = 12;
const tagBytes = 16;
/** What a salt line seals, to tell a wrong passphrase. */
const probe = "pulumi";

const deriveKey = promisify(pbkdf2);

/**
 * Asks a person. "new": for a new stack, so a slip of the finger must not become its passphrase; "again": the last answer
 * was wrong.
 */
export type AskPassphrase = (why: "new" | "unlock" | "again") => Promise<string>;

/** How often a person may be wrong. */
const attempts = 3;

/**
 * A keyring on the passphrase of the environment: `PULUMI_CONFIG_PASSPHRASE` (may be empty), else the trimmed content of
 * the file `PULUMI_CONFIG_PASSPHRASE_FILE` names, else what `ask` gives. It is read when it is first needed.
 */
export function createKeyring(env: Environment, ask: AskPassphrase = refuseToAsk): Keyring {
  let passphrase: Promise<string> | undefined;
  const isAsked = env.PULUMI_CONFIG_PASSPHRASE === undefined && !env.PULUMI_CONFIG_PASSPHRASE_FILE;
  const ciphers = new Map<string, Promise<Cipher>>();
  const keyFor = async (salt: Buffer, why: "new" | "unlock" | "again") => {
    if (why === "again") passphrase = undefined;
    passphrase ??= isAsked ? ask(why) : readPassphrase(env);
    // As an object: from bytes every single secret would make one.
    return createSecretKey(await deriveKey(await passphrase, salt, rounds, keyBytes, "sha256"));
  };

  const unlock = async (saltLine: string, where: string): Promise<Cipher> => {
    const match = /^v1:([^:]+):(v1:[^:]+:[^:]+)$/.exec(saltLine);
    if (!match)
      throw new StateError(`${where}: the encryption salt is not in the form v1:<salt>:v1:<nonce>:<text>.`, {
        hint: "It was edited or is damaged. Without it no secret of the stack opens: put the former one back from a copy (version control, or the .bak beside a state).",
      });
    const [, salt = "", sealed = ""] = match;
    for (let attempt = 1; attempt <= (isAsked ? attempts : 1); attempt++) {
      const key = await keyFor(Buffer.from(salt, "base64"), attempt === 1 ? "unlock" : "again");
      const cipher = cipherOf(saltLine, key);
      try {
        if (cipher.open(sealed) === probe) return cipher;
      } catch {
        // The tag doesn't match, which for the probe means another key.
      }
    }
    throw new StateError(`The passphrase is wrong: it doesn't open the secrets of ${where}.`, {
      hint: "Set PULUMI_CONFIG_PASSPHRASE (or PULUMI_CONFIG_PASSPHRASE_FILE) to the passphrase that this stack was made with.",
    });
  };

  return {
    unlock(saltLine, where) {
      let cipher = ciphers.get(saltLine);
      if (!cipher) {
        cipher = unlock(saltLine, where);
        ciphers.set(saltLine, cipher);
      }
      return cipher;
    },
    async create() {
      const salt = randomBytes(saltBytes);
      const key = await keyFor(salt, "new");
      const saltLine = `v1:${salt.toString("base64")}:${seal(key, probe)}`;
      const cipher = cipherOf(saltLine, key);
      ciphers.set(saltLine, Promise.resolve(cipher));
      return cipher;
    },
  };
}

async function readPassphrase(env: Environment): Promise<string> {
  if (env.PULUMI_CONFIG_PASSPHRASE !== undefined) return env.PULUMI_CONFIG_PASSPHRASE;
  const file = resolve(env.PULUMI_CONFIG_PASSPHRASE_FILE ?? "");
  try {
    return (await readFile(file, "utf8")).trim();
  } catch (error) {
    throw fileError("read the passphrase file", file, error, "PULUMI_CONFIG_PASSPHRASE_FILE names it.");
  }
}

async function refuseToAsk(): Promise<never> {
  throw new StateError("No passphrase is set, and the stack's secrets can't be opened or sealed without one.", {
    hint: "Set PULUMI_CONFIG_PASSPHRASE, or PULUMI_CONFIG_PASSPHRASE_FILE to a file that holds it. An empty PULUMI_CONFIG_PASSPHRASE counts as set.",
  });
}

function seal(key: KeyObject, plaintext: string): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  const text = Buffer.concat([cipher.update(plaintext, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return `v1:${nonce.toString("base64")}:${text.toString("base64")}`;
}

function cipherOf(salt: string, key: KeyObject): Cipher {
  return {
    salt,
    seal: (plaintext) => seal(key, plaintext),
    open(ciphertext) {
      const [version, nonce = "", text = ""] = ciphertext.split(":");
      const bytes = Buffer.from(text, "base64");
      try {
        if (version !== "v1") throw new Error("version");
        const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(nonce, "base64"), {
          authTagLength: tagBytes,
        });
        decipher.setAuthTag(bytes.subarray(-tagBytes));
        return decipher.update(bytes.subarray(0, -tagBytes), undefined, "utf8") + decipher.final("utf8");
      } catch (error) {
        throw new StateError(
          "A sealed value can't be opened: it is damaged, or was sealed with another salt or passphrase.",
          {
            cause: error,
          },
        );
      }
    },
  };
}
