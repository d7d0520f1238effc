/** Deployments with one fault each, or a peculiarity that is none. What the Pulumi CLI says of them stands in test/fixtures/state/verify.json. */
import { createHash } from "node:crypto";
import { cyclic, references } from "./references.ts";
import { resources } from "./resources.ts";
import { secrets } from "./secrets.ts";
import type { Case, Deployment, Export } from "./shapes.ts";
import { a, b, provider, salt, stack } from "./shapes.ts";

const magic = createHash("sha256").update("3.260.0").digest("hex");

/** A sound deployment: the stack, a provider, and two resources of it, the second needing the first. */
export function sound(): Export {
  return {
    version: 3,
    deployment: {
      manifest: { time: "2026-01-01T00:00:00Z", magic, version: "3.260.0" },
      secrets_providers: { type: "passphrase", state: { salt } },
      resources: [stack(), provider(), a(), b()],
      metadata: {},
    },
  };
}

const whole: Case[] = [
  ["nothing wrong", () => {}],
  ["no manifest", (d) => void delete d.manifest],
  ["an empty manifest", (d) => void Object.assign(d, { manifest: {} })],
  ["a version without magic", (d) => void delete d.manifest?.magic],
  ["a magic without version", (d) => void delete d.manifest?.version],
  ["another version's magic", (d) => void Object.assign(d, { manifest: { ...d.manifest, magic: "00" } })],
  ["a manifest's time that is none", (d) => void Object.assign(d, { manifest: { ...d.manifest, time: "yesterday" } })],
  ["no resources", (d) => void delete d.resources],
  ["resources null", (d) => void Object.assign(d, { resources: null })],
  ["resources as an object", (d) => void Object.assign(d, { resources: {} })],
  ["metadata missing", (d) => void delete d.metadata],
  ["metadata null", (d) => void Object.assign(d, { metadata: null })],
  ["metadata as text", (d) => void Object.assign(d, { metadata: "x" })],
  ["an unknown field of the deployment", (d) => void Object.assign(d, { futureField: [1] })],
  ["a snippet without uuid", (d) => void Object.assign(d, { snippets: [{ name: "s" }] })],
  ["two snippets of one uuid", (d) => void Object.assign(d, { snippets: [{ uuid: "u" }, { uuid: "u" }] })],
  ["snippets of their own", (d) => void Object.assign(d, { snippets: [{ uuid: "u" }, { uuid: "v" }] })],
  ["version missing", (_, e) => void delete (e as Partial<Export>).version],
  ["version 0", (_, e) => void Object.assign(e, { version: 0 })],
  ["version 1", (_, e) => void Object.assign(e, { version: 1 })],
  ["version 2", (_, e) => void Object.assign(e, { version: 2 })],
  ["version 4", (_, e) => void Object.assign(e, { version: 4 })],
  ["version 4 with a feature", (_, e) => void Object.assign(e, { version: 4, features: ["refreshBeforeUpdate"] })],
  ["version 5", (_, e) => void Object.assign(e, { version: 5 })],
  ["version as text", (_, e) => void Object.assign(e, { version: "3" })],
  ["version 3 with an unknown feature", (_, e) => void Object.assign(e, { features: ["walking"] })],
  ["no features", (_, e) => void Object.assign(e, { features: [] })],
];

const pending: Case[] = [
  ["creating", pend({ type: "creating", resource: without(b(), "id", "outputs") })],
  ["no pending operations", (d) => void Object.assign(d, { pending_operations: [] })],
  ["without type", pend({ resource: b() })],
  ["of an unknown type", pend({ type: "walking", resource: b() })],
  ["without resource", pend({ type: "creating" })],
  ["without urn", pend({ type: "creating", resource: without(b(), "urn") })],
  ["without a resource's type", pend({ type: "creating", resource: without(b(), "type") })],
  ["of a component with an id", pend({ type: "creating", resource: { ...b(), custom: false } })],
  ["of another stack", pend({ type: "creating", resource: { ...b(), urn: b().urn.replace("dev", "prod") } })],
  [
    "with a missing dependency",
    pend({ type: "creating", resource: { ...b(), dependencies: ["urn:pulumi:dev::golden::t:i:T::x"] } }),
  ],
  [
    "twice the same",
    (d) => void Object.assign(d, { pending_operations: [1, 2].map(() => ({ type: "creating", resource: b() })) }),
  ],
];

function pend(operation: unknown): Case[1] {
  return (d) => void Object.assign(d, { pending_operations: [operation] });
}

function without(resource: object, ...fields: string[]): object {
  return Object.fromEntries(Object.entries(resource).filter(([key]) => !fields.includes(key)));
}

/** Every case by name. */
export const cases: ReadonlyMap<string, Case[1]> = new Map([
  ...whole,
  ...resources.map(([name, edit]): Case => [`resource: ${name}`, edit]),
  ...[...references, ...cyclic].map(([name, edit]): Case => [`reference: ${name}`, edit]),
  ...secrets.map(([name, edit]): Case => [`secret: ${name}`, edit]),
  ...pending.map(([name, edit]): Case => [`pending: ${name}`, edit]),
]);

/** The export of a case. */
export function exportOf(edit: Case[1]): Export {
  const made = sound();
  edit(made.deployment as Deployment, made);
  return made;
}

/** The same as the text of a checkpoint. The mark is the only value that JSON.stringify can't write. */
export function checkpointOf({ deployment, ...outer }: Export): string {
  return textOf({ ...outer, checkpoint: { stack: "organization/golden/dev", latest: deployment } });
}

export const textOf = (value: unknown) => JSON.stringify(value).replace('"@1e400@"', "1e400");
