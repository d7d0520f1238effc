/** SCRAM-SHA-256 (RFC 5802, RFC 7677), both sides. Knows no messages of MongoDB. */
import { createHash, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from "node:crypto";

const hash = (data: Buffer) => createHash("sha256").update(data).digest();
const hmac = (key: Buffer, data: string) => createHmac("sha256", key).update(data).digest();
const xor = (a: Buffer, b: Buffer) => Buffer.from(a.map((byte, index) => byte ^ (b[index] ?? 0)));
const nonce = () => randomBytes(24).toString("base64");

/** "r=…,s=…,i=…" by letter; values may hold "=". */
const fields = (text: string): Record<string, string> =>
  Object.fromEntries(text.split(",").map((part) => [part.slice(0, 1), part.slice(2)]));
const escaped = (name: string) => name.replaceAll("=", "=3D").replaceAll(",", "=2C");
const unescaped = (name: string) => name.replaceAll("=2C", ",").replaceAll("=3D", "=");

/** What a server keeps of a password. In base64. */
export interface Credentials {
  readonly iterationCount: number;
  readonly salt: string;
  readonly storedKey: string;
  readonly serverKey: string;
}

const saltedPassword = (password: string, salt: string, iterations: number) =>
  pbkdf2Sync(password, Buffer.from(salt, "base64"), iterations, 32, "sha256");

export function credentialsFor(password: string): Credentials {
  const [salt, iterationCount] = [randomBytes(28).toString("base64"), 15_000];
  const salted = saltedPassword(password, salt, iterationCount);
  return {
    iterationCount,
    salt,
    storedKey: hash(hmac(salted, "Client Key")).toString("base64"),
    serverKey: hmac(salted, "Server Key").toString("base64"),
  };
}

export interface ClientSide {
  readonly first: string;
  /** Answer to the server's first message. */
  final(serverFirst: string): string;
  /** Throws when the server does not know the password itself. */
  verify(serverFinal: string): void;
}

export function clientSide(user: string, password: string, ownNonce = nonce()): ClientSide {
  const bare = `n=${escaped(user)},r=${ownNonce}`;
  let signature = "";
  return {
    first: `n,,${bare}`,
    final(serverFirst) {
      const { r = "", s = "", i } = fields(serverFirst);
      if (!r.startsWith(ownNonce)) throw new Error("the server answered another conversation");
      const salted = saltedPassword(password, s, Number(i));
      const withoutProof = `c=biws,r=${r}`;
      const all = `${bare},${serverFirst},${withoutProof}`;
      const key = hmac(salted, "Client Key");
      signature = hmac(hmac(salted, "Server Key"), all).toString("base64");
      return `${withoutProof},p=${xor(key, hmac(hash(key), all)).toString("base64")}`;
    },
    verify(serverFinal) {
      if (fields(serverFinal).v !== signature) throw new Error("the server's signature is wrong");
    },
  };
}

export interface ServerSide {
  readonly first: string;
  /** The server's last message; undefined when the password was wrong. */
  final(clientFinal: string): string | undefined;
}

export const userOf = (clientFirst: string): string => unescaped(fields(clientFirst.replace(/^n,[^,]*,/, "")).n ?? "");

export function serverSide(clientFirst: string, kept: Credentials, ownNonce = nonce()): ServerSide {
  const bare = clientFirst.replace(/^n,[^,]*,/, "");
  const joined = `${fields(bare).r}${ownNonce}`;
  const first = `r=${joined},s=${kept.salt},i=${kept.iterationCount}`;
  return {
    first,
    final(clientFinal) {
      const { r, p = "" } = fields(clientFinal);
      const all = `${bare},${first},${clientFinal.replace(/,p=.*$/, "")}`;
      const storedKey = Buffer.from(kept.storedKey, "base64");
      const key = xor(Buffer.from(p, "base64"), hmac(storedKey, all));
      if (r !== joined || key.length !== storedKey.length || !timingSafeEqual(hash(key), storedKey)) return undefined;
      return `v=${hmac(Buffer.from(kept.serverKey, "base64"), all).toString("base64")}`;
    },
  };
}
