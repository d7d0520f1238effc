/** Faults of secrets and of other marked values, and of what opens them. */
import { type Case, type Deployment, inA, salt } from "./shapes.ts";

const mark = "4dabf18193072939515e22adb298388d";
const secret = "1b47061264138c4ac30d75fd1eb44270";
/** "hunter2" as JSON, sealed with the fixtures' salt, and with another one of the same passphrase. */
const sealed = "v1:4MhTUx5QcDFv/8ug:sJvTVxApdsZE9XC6OK5tuiBGPOifQN1XSQ==";
const foreign = "v1:Rw4RRwzVY4MyWh8x:6w0BOxmmOGsquD4AbkG17AG26MuIzbfSfQ==";

const marked = (signature: unknown, fields: object = {}): Case[1] =>
  inA({ inputs: { n: { [mark]: signature, ...fields } } });
const openedBy =
  (providers: unknown, text?: string): Case[1] =>
  (d, whole) => {
    if (text) marked(secret, { ciphertext: text })(d, whole);
    if (providers === undefined) delete d.secrets_providers;
    else d.secrets_providers = providers as NonNullable<Deployment["secrets_providers"]>;
  };

export const secrets: Case[] = [
  ["a good one", marked(secret, { ciphertext: sealed })],
  ["sealed with another salt", marked(secret, { ciphertext: foreign })],
  ["cut", marked(secret, { ciphertext: sealed.slice(0, -6) })],
  ["one letter off", marked(secret, { ciphertext: sealed.replace("sJv", "sKv") })],
  ["no parts", marked(secret, { ciphertext: "x" })],
  ["an empty text", marked(secret, { ciphertext: "" })],
  ["version 2", marked(secret, { ciphertext: sealed.replace("v1", "v2") })],
  ["a nonce of another length", marked(secret, { ciphertext: sealed.replace("4MhTUx5QcDFv/8ug", "4MhTUx5Q") })],
  ["neither text", marked(secret)],
  ["a text as number", marked(secret, { ciphertext: 1 })],
  ["in clear", marked(secret, { plaintext: '"hunter2"' })],
  ["in clear, not JSON", marked(secret, { plaintext: "hunter2" })],
  ["in clear as a value", marked(secret, { plaintext: { a: 1 } })],
  ["both texts", marked(secret, { plaintext: '"hunter2"', ciphertext: sealed })],
  [
    "one in another, in clear",
    marked(secret, { plaintext: JSON.stringify({ x: { [mark]: secret, ciphertext: '"y"' } }) }),
  ],
  ["one in another, the inner without text", marked(secret, { plaintext: JSON.stringify({ x: { [mark]: secret } }) })],
  ["a bad one in the outputs", inA({ outputs: { n: [{ [mark]: secret, ciphertext: "x" }] } })],
  ["an unknown mark", marked("00000000000000000000000000000000")],
  ["a mark as number", marked(1)],
  ["an asset without content", marked("c44067f5952c0a294b673a41bacd8c17")],
  ["an asset of text", marked("c44067f5952c0a294b673a41bacd8c17", { hash: "x", text: "t" })],
  ["an archive without content", marked("0def7320c3a5731c473e5ecbe6d01bc7")],
  ["a resource reference without urn", marked("5cf8f73096256a8f31e491e813e4eb8e")],
  [
    "a resource reference",
    marked("5cf8f73096256a8f31e491e813e4eb8e", { urn: "urn:pulumi:dev::golden::t:i:T::x", packageVersion: "" }),
  ],
  ["a number by its bits", marked("8ad145fe-0d11-4827-bfd7-1abcbf086f5c", { value: "7ff0000000000000" })],
  ["a number by bits that are none", marked("8ad145fe-0d11-4827-bfd7-1abcbf086f5c", { value: "zz" })],
  ["a number by no bits", marked("8ad145fe-0d11-4827-bfd7-1abcbf086f5c")],
  ["an unknown value", inA({ inputs: { n: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" } })],
  ["no provider, no secrets", openedBy(undefined)],
  ["no provider, a secret", openedBy(undefined, sealed)],
  ["provider null", openedBy(null)],
  ["provider of no type", openedBy({ type: "" })],
  ["provider of no type, a secret", openedBy({ type: "" }, sealed)],
  ["provider unknown", openedBy({ type: "walking", state: {} })],
  ["provider without state", openedBy({ type: "passphrase" })],
  ["provider without salt", openedBy({ type: "passphrase", state: {} })],
  ["salt that is none", openedBy({ type: "passphrase", state: { salt: "x" } })],
  ["salt of another passphrase", openedBy({ type: "passphrase", state: { salt: salt.replace("fb1V", "fb1W") } })],
];
