/** What a scenario is made of: commands with the program, configuration and hand-made changes before each. */
import type { Verb } from "../engines.ts";
import type { Cloud, Entry, Plan } from "../things.ts";

export interface Act {
  /** The program from here on. */
  readonly plan?: Plan | readonly Entry[];
  readonly tamper?: (objects: Cloud["objects"]) => void;
  readonly config?: readonly (readonly [key: string, value: string, secret?: boolean])[];
  /** Default: up. */
  readonly verb?: Verb;
  readonly flags?: readonly string[];
  /** Why the runner's calls differ from the CLI's on purpose; steps, objects, state and exit code are compared all the same. */
  readonly callsDiffer?: string;
}

export type Scenarios = Record<string, readonly Act[]>;

export const of = (path: string) => ({ $of: path });
export const secret = (value: unknown) => ({ $secret: value });
export const thing = (name: string) => `urn:pulumi:dev::things::pulumi-nodejs:dynamic/things:Thing::${name}`;

/** The same resources, with one of them changed. */
export const changed = (entries: readonly Entry[], name: string, change: Partial<Entry>): Entry[] =>
  entries.map((entry) =>
    entry.name === name ? { ...entry, ...change, props: { ...entry.props, ...change.props } } : entry,
  );

/** Each depends on the one before it. */
export const chain: readonly Entry[] = [
  { name: "a", props: { color: "red" } },
  { name: "b", props: { color: of("a.color") }, opts: { dependsOn: ["a"] } },
  { name: "c", opts: { dependsOn: ["b"] } },
];

/** Each is replaced with the old one first, or for what it depends on. */
export const family: readonly Entry[] = [
  { name: "a", props: { unique: true } },
  { name: "b", props: { base: of("a.serial"), unique: true } },
  { name: "c", props: { color: of("a.serial") }, opts: { dependsOn: ["b"] } },
  { name: "d", props: { base: of("c.serial") } },
];

/** A component, secrets at several depths, references, outputs. */
export const mixed: Plan = {
  resources: [
    { name: "g", component: true },
    {
      name: "a",
      props: { color: "red", pw: secret("s3"), nest: { deep: [secret(1), 2], flat: secret("x") } },
      opts: { parent: "g", additionalSecretOutputs: ["token"] },
    },
    { name: "b", props: { color: of("a.token"), ref: of("a.serial"), group: of("g"), who: of("a") } },
  ],
  outputs: { serial: of("a.serial"), token: of("a.token"), color: of("a.color") },
};

/** Two resources of an explicit provider. */
export const euUsers = (server: string, opts: Record<string, unknown>): Entry[] => [
  { name: "eu", provider: true, props: { "things:server": server }, opts },
  { name: "a", opts: { provider: "eu" } },
  { name: "b", props: { color: of("a.serial") }, opts: { provider: "eu" } },
];
