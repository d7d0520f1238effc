/** Time-based one-time passwords (RFC 6238, SHA-1, 30 seconds, 6 digits), the only form that Rocket.Chat uses. */
import { createHmac } from "node:crypto";
import { ConfigurationError } from "../errors.ts";

const STEP_MS = 30_000;
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** Base32 as authenticator apps show it: case, spaces and padding do not matter. */
export function decodeBase32(text: string): Buffer {
  const letters = text.replace(/[\s=-]/g, "").toUpperCase();
  let bits = "";
  for (const letter of letters) {
    const value = ALPHABET.indexOf(letter);
    if (value < 0) throw unusable();
    bits += value.toString(2).padStart(5, "0");
  }
  const bytes = bits.match(/.{8}/g) ?? [];
  if (bytes.length === 0) throw unusable();
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
}

const unusable = () =>
  new ConfigurationError("the TOTP secret is not base32 (letters A-Z and digits 2-7)", {
    hint: "Give the secret that the two-factor set-up showed as text beside its QR code, not a six-digit code.",
  });

/** The code that is valid at `now` (epoch milliseconds). */
export function totp(secret: string, now: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(now / STEP_MS)));
  const mac = createHmac("sha1", decodeBase32(secret)).update(counter).digest();
  const offset = mac[mac.length - 1]! & 0xf;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}
