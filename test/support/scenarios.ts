/**
 * What both engines must do alike: plans, commands, and hand-made changes. What the Pulumi CLI did with them stands in
 * test/fixtures/runner/scenarios.json; the embedded runner must do the same.
 */

import type { Verb } from "./engines.ts";
import type { Cloud, Entry, Plan } from "./things.ts";

export interface Act {
  /** The program from here on. */
  readonly plan?: Plan | readonly Entry[];
  readonly tamper?: (objects: Cloud["objects"]) => void;
  readonly config?: readonly (readonly [key: string, value: string, secret?: boolean])[];
  /** Default: up. */
  readonly verb?: Verb;
  readonly flags?: readonly string[];
  /** Compares only calls that read or change objects: how often the engines ask check and diff is known to differ. */
  readonly objectCallsOnly?: boolean;
}

const of = (path: string) => ({ $of: path });
const secret = (value: unknown) => ({ $secret: value });

const family: readonly Entry[] = [
  { name: "a", props: { unique: true } },
  { name: "b", props: { base: of("a.serial"), unique: true } },
  { name: "c", props: { color: of("a.serial") }, opts: { dependsOn: ["b"] } },
  { name: "d", props: { base: of("c.serial") } },
];
const chain: readonly Entry[] = [
  { name: "a", props: { color: "red" } },
  { name: "b", props: { color: of("a.color") }, opts: { dependsOn: ["a"] } },
  { name: "c", opts: { dependsOn: ["b"] } },
];
const changed = (entries: readonly Entry[], name: string, change: Partial<Entry>): Entry[] =>
  entries.map((entry) =>
    entry.name === name ? { ...entry, ...change, props: { ...entry.props, ...change.props } } : entry,
  );

const mixed: Plan = {
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

export const scenarios: Record<string, readonly Act[]> = {
  "create, leave, update, remove, destroy": [
    { plan: mixed },
    {},
    { plan: { ...mixed, resources: changed(mixed.resources, "a", { props: { color: "blue" } }) } },
    { plan: { ...mixed, resources: mixed.resources.slice(0, 2) } },
    { verb: "destroy" },
  ],
  "replace: the new one first": [
    { plan: chain },
    { plan: changed(chain, "a", { props: { name: "a2", color: "blue" } }) },
    {},
  ],
  "replace: what uses the new one's outputs gets them": [
    { plan: [{ name: "a" }, { name: "b", props: { color: of("a.serial"), who: of("a") } }] },
    {
      plan: [
        { name: "a", props: { name: "a2" } },
        { name: "b", props: { color: of("a.serial"), who: of("a") } },
      ],
    },
  ],
  "replace: the old one first, dependents along": [
    { plan: family },
    { plan: changed(family, "a", { props: { name: "a2" } }) },
    {},
  ],
  "deleteBeforeReplace overrides the provider, both ways": [
    {
      plan: [
        { name: "a", opts: { deleteBeforeReplace: true } },
        { name: "b", props: { unique: true }, opts: { dependsOn: ["a"], deleteBeforeReplace: false } },
      ],
    },
    {
      plan: [
        { name: "a", props: { name: "a2" }, opts: { deleteBeforeReplace: true } },
        { name: "b", props: { name: "b2", unique: true }, opts: { dependsOn: ["a"], deleteBeforeReplace: false } },
      ],
    },
  ],
  "aliases: URN, name, and a component's children": [
    {
      plan: [
        { name: "g", component: true },
        { name: "g-child", opts: { parent: "g" } },
        { name: "one", props: { name: "one" }, opts: { dependsOn: ["g-child"] } },
        { name: "two", props: { name: "two", color: of("one.serial") } },
      ],
    },
    {
      plan: [
        { name: "h", component: true, opts: { aliases: [{ name: "g" }] } },
        { name: "h-child", props: { name: "g-child" }, opts: { parent: "h" } },
        {
          name: "uno",
          props: { name: "one" },
          opts: {
            dependsOn: ["h-child"],
            aliases: ["urn:pulumi:dev::things::pulumi-nodejs:dynamic/things:Thing::one"],
          },
        },
        { name: "due", props: { name: "two", color: of("uno.serial") }, opts: { aliases: [{ name: "two" }] } },
      ],
    },
    {},
  ],
  "an alias with a replacement": [
    { plan: [{ name: "one" }, { name: "user", props: { color: of("one.serial") } }] },
    {
      plan: [
        { name: "uno", opts: { aliases: [{ name: "one" }] } },
        { name: "user", props: { color: of("uno.serial") } },
      ],
    },
    {},
  ],
  "into a component, with an alias for having had no parent": [
    { plan: [{ name: "a" }] },
    {
      plan: [
        { name: "g", component: true },
        {
          name: "a",
          opts: { parent: "g", aliases: ["urn:pulumi:dev::things::pulumi-nodejs:dynamic/things:Thing::a"] },
        },
      ],
    },
    {},
  ],
  "explicit provider: its configuration, a change of it, moving to it": [
    {
      plan: [
        { name: "eu", provider: true, props: { "things:server": "eu" } },
        { name: "a", opts: { provider: "eu" } },
        { name: "b", opts: { dependsOn: ["a"] } },
      ],
    },
    {
      plan: [
        { name: "eu", provider: true, props: { "things:server": "eu2" } },
        { name: "a", props: { color: "red" }, opts: { provider: "eu" } },
        { name: "b", opts: { dependsOn: ["a"] } },
      ],
    },
    {
      plan: [
        { name: "eu", provider: true, props: { "things:server": "eu2" } },
        { name: "a", props: { color: "red" } },
        { name: "b", opts: { dependsOn: ["a"], provider: "eu" } },
      ],
    },
    { verb: "destroy" },
  ],
  "configuration reaches the default provider": [
    {
      config: [
        ["things:server", "here"],
        ["things:key", "k1", true],
        ["other:list", '["a","b"]'],
      ],
      plan: [{ name: "a", props: { pw: { $config: "key" } } }],
    },
    { config: [["things:server", "there"]] },
    { plan: [{ name: "a", props: { pw: { $config: "key" }, color: "red" } }] },
  ],
  "protect: no replacement, no deletion": [
    { plan: [{ name: "a", opts: { protect: true } }] },
    { plan: [{ name: "a", props: { name: "a2" }, opts: { protect: true } }] },
    { plan: [] },
    { verb: "destroy" },
    { plan: [{ name: "a" }] },
    { plan: [] },
  ],
  "retainOnDelete and deletedWith call nothing": [
    {
      plan: [
        { name: "a" },
        { name: "b", opts: { dependsOn: ["a"], retainOnDelete: true } },
        { name: "c", opts: { dependsOn: ["b"], deletedWith: "a" } },
      ],
    },
    { plan: [] },
  ],
  "ignoreChanges: a property, a nested one, one that is new": [
    { plan: [{ name: "a", props: { color: "red", nest: { x: 1, y: 1 }, list: [1, 2] } }] },
    {
      plan: [
        {
          name: "a",
          props: { color: "blue", nest: { x: 2, y: 2 }, list: [8, 9], fresh: true },
          opts: { ignoreChanges: ["color", "nest.x", "list[0]", "fresh"] },
        },
      ],
    },
    {},
  ],
  "a creation fails, the next run makes it": [
    { plan: changed(chain, "b", { props: { fail: "create" } }) },
    { plan: chain },
  ],
  "a partial creation is kept and updated": [
    { plan: changed(chain, "b", { props: { fail: "partial" } }) },
    { plan: chain },
    {},
  ],
  "an update fails": [
    { plan: chain },
    { plan: changed(chain, "b", { props: { fail: "update" } }) },
    { plan: changed(chain, "b", { props: { size: 5 } }) },
  ],
  "a deletion fails": [
    {
      plan: [
        { name: "a", props: { fail: "delete" } },
        { name: "b", opts: { dependsOn: ["a"] } },
      ],
    },
    { plan: [] },
  ],
  "a check fails": [
    {
      plan: [
        { name: "a", props: { color: "mauve", size: -1 } },
        { name: "b", opts: { dependsOn: ["a"] } },
      ],
    },
  ],
  "the replacement can't be made after the deletion": [
    { plan: [{ name: "a", props: { unique: true } }] },
    { plan: [{ name: "a", props: { name: "a2", unique: true, fail: "create" } }] },
    { plan: [{ name: "a", props: { name: "a2", unique: true } }], objectCallsOnly: true },
  ],
  "the replacement can't be made after the deletion, then it is given up": [
    { plan: [{ name: "a", props: { unique: true } }] },
    { plan: [{ name: "a", props: { name: "a2", unique: true, fail: "create" } }] },
    { plan: [] },
  ],
  "the replaced one can't be deleted, the next run tries again": [
    { plan: [{ name: "a", props: { fail: "delete" } }] },
    { plan: [{ name: "a", props: { name: "a2" } }] },
    { verb: "destroy" },
  ],
  "the program throws: nothing is deleted": [
    { plan: chain },
    { plan: { resources: chain.slice(0, 1), crash: "boom" } },
    {},
  ],
  "refresh: changed and gone by hand, then up": [
    { plan: chain },
    {
      tamper: (objects) => {
        objects["Thing-1"]!.color = "pink";
        delete objects["Thing-2"];
      },
      verb: "refresh",
    },
    {},
    {},
  ],
  "up --refresh does both": [
    { plan: chain },
    {
      tamper: (objects) => {
        objects["Thing-1"]!.color = "pink";
        delete objects["Thing-3"];
      },
      flags: ["--refresh"],
    },
    {},
  ],
  "refresh --preview-only changes nothing": [
    { plan: chain },
    {
      tamper: (objects) => void Object.assign(objects["Thing-1"]!, { color: "pink" }),
      verb: "refresh",
      flags: ["--preview-only"],
    },
  ],
  "get reads what is somebody else's": [
    { plan: [{ name: "a", props: { color: "red" } }] },
    {
      plan: {
        resources: [
          { name: "a", props: { color: "red" } },
          { name: "ext", get: "Thing-1" },
          { name: "b", props: { color: of("ext.color") } },
        ],
        outputs: { color: of("ext.color") },
      },
    },
    { verb: "refresh" },
    { plan: [{ name: "a", props: { color: "red" } }] },
  ],
  "replaceOnChanges, where the comparison is the engine's": [
    { plan: [{ name: "a", props: { lazy: true, size: 1, color: "red" }, opts: { replaceOnChanges: ["color"] } }] },
    { plan: [{ name: "a", props: { lazy: true, size: 2, color: "red" }, opts: { replaceOnChanges: ["color"] } }] },
    { plan: [{ name: "a", props: { lazy: true, size: 2, color: "blue" }, opts: { replaceOnChanges: ["color"] } }] },
  ],
  "a component goes with its children": [
    {
      plan: [
        { name: "g", component: true },
        { name: "a", opts: { parent: "g" } },
        { name: "b", props: { color: of("a.serial") } },
      ],
    },
    { plan: [{ name: "b", props: { color: "red" } }] },
  ],
  "a preview calls nothing that changes": [
    { plan: chain, verb: "preview" },
    { plan: chain },
    { plan: changed(chain, "a", { props: { name: "a2" } }), verb: "preview" },
    { plan: [], verb: "preview", flags: ["--expect-no-changes"] },
  ],
};
