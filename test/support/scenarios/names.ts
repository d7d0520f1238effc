/** Aliases: what a resource was called, and what else changes with its name. */
import { of, type Scenarios, thing } from "./act.ts";

const taken = "an alias that is taken is refused before anything is checked";

export const names: Scenarios = {
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
  "a component renamed and moved: what is in it, at every depth": [
    {
      plan: [
        { name: "g", component: true },
        { name: "g-in", component: true, opts: { parent: "g" } },
        { name: "g-in-leaf", props: { name: "leaf" }, opts: { parent: "g-in" } },
        { name: "user", props: { color: of("g-in-leaf.token") } },
      ],
    },
    {
      plan: [
        { name: "top", component: true },
        { name: "h", component: true, opts: { parent: "top", aliases: [{ name: "g", parent: { $root: true } }] } },
        { name: "h-in", component: true, opts: { parent: "h" } },
        { name: "h-in-leaf", props: { name: "leaf" }, opts: { parent: "h-in" } },
        { name: "user", props: { color: of("h-in-leaf.token") } },
      ],
    },
    {},
  ],
  "an alias, another parent, and a replacement with its dependents": [
    {
      plan: [
        { name: "a", props: { unique: true } },
        { name: "b", props: { base: of("a.serial") } },
      ],
    },
    {
      plan: [
        { name: "g", component: true },
        {
          name: "z",
          props: { name: "a2", unique: true },
          opts: { parent: "g", aliases: [{ name: "a", parent: { $root: true } }] },
        },
        { name: "b", props: { base: of("z.serial") } },
      ],
    },
    {},
  ],
  "another type, with an alias": [
    { plan: [{ name: "a" }, { name: "b", props: { color: of("a.serial") } }] },
    {
      plan: [
        { name: "a", kind: "Gadget", opts: { aliases: [{ type: "pulumi-nodejs:dynamic/things:Thing" }] } },
        { name: "b", props: { color: of("a.serial") } },
      ],
    },
    {},
  ],
  "a resource becomes a component, without and with an alias": [
    { plan: [{ name: "a" }, { name: "b" }] },
    { plan: [{ name: "a", component: true }, { name: "b" }] },
    {
      plan: [
        { name: "a", component: true },
        { name: "b", component: true, opts: { aliases: [thing("b")] } },
      ],
    },
  ],
  "an alias with ignoreChanges": [
    { plan: [{ name: "one", props: { color: "red", size: 3 } }] },
    {
      plan: [
        {
          name: "uno",
          props: { name: "one", color: "blue", size: 4 },
          opts: { aliases: [{ name: "one" }], ignoreChanges: ["color"] },
        },
      ],
    },
    {},
  ],
  "an alias that two resources claim": [
    { plan: [{ name: "one" }] },
    {
      plan: [
        { name: "uno", props: { name: "one" }, opts: { aliases: [{ name: "one" }] } },
        { name: "eins", opts: { dependsOn: ["uno"], aliases: [{ name: "one" }] } },
      ],
      callsDiffer: taken,
    },
  ],
  "an alias of a resource that is still there": [
    { plan: [{ name: "one" }] },
    {
      plan: [{ name: "one" }, { name: "uno", opts: { dependsOn: ["one"], aliases: [{ name: "one" }] } }],
      callsDiffer: taken,
    },
  ],
  "an alias while the resource is protected": [
    { plan: [{ name: "one", opts: { protect: true } }] },
    { plan: [{ name: "uno", props: { name: "one" }, opts: { protect: true, aliases: [{ name: "one" }] } }] },
    { plan: [{ name: "uno", opts: { protect: true, aliases: [{ name: "one" }] } }] },
  ],
};
