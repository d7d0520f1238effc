/** What a resource goes through from its creation to its end, and what a program may look like. */
import type { Entry } from "../things.ts";
import { chain, changed, mixed, of, type Scenarios, secret } from "./act.ts";

const odd: readonly Entry[] = [
  { name: "x".repeat(200) },
  { name: "two words", opts: { dependsOn: ["x".repeat(200)] } },
  { name: "a::b", opts: { dependsOn: ["two words"] } },
  { name: "a$b", opts: { dependsOn: ["a::b"] } },
  { name: "Grüße, 世界 🚀", opts: { dependsOn: ["a$b"] } },
  { name: 'it\'s "quoted" \\ <&>', opts: { dependsOn: ["Grüße, 世界 🚀"] } },
];

export const lifecycle: Scenarios = {
  "create, leave, update, remove, destroy": [
    { plan: mixed },
    {},
    { plan: { ...mixed, resources: changed(mixed.resources, "a", { props: { color: "blue" } }) } },
    { plan: { ...mixed, resources: mixed.resources.slice(0, 2) } },
    { verb: "destroy" },
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
  "an empty program after a full one": [{ plan: chain }, { plan: [] }, {}, { plan: chain }],
  "a component's outputs: registered, changed, given up": [
    {
      plan: {
        resources: [
          { name: "a", props: { color: "red" } },
          { name: "g", component: true, outputs: { serial: of("a.serial"), pw: secret({ deep: ["s3"] }) } },
        ],
      },
    },
    {
      plan: [
        { name: "a", props: { color: "red" } },
        { name: "g", component: true, outputs: { serial: of("a.color") } },
      ],
    },
    {
      plan: [
        { name: "a", props: { color: "red" } },
        { name: "g", component: true },
      ],
    },
  ],
  "customTimeouts are kept in the state, and their change is no update": [
    { plan: [{ name: "a", opts: { customTimeouts: { create: "1h30m", delete: "90s" } } }] },
    { plan: [{ name: "a", opts: { customTimeouts: { create: "1.5m", update: "500ms" } } }] },
    { plan: [{ name: "a" }] },
  ],
  "no inputs at all, and none any more": [
    { plan: [{ name: "a", bare: true }] },
    {},
    { plan: [{ name: "a", props: { color: "red" }, bare: true }] },
    { plan: [{ name: "a", bare: true }] },
  ],
  "names: long, with spaces, colons, dollars, of other scripts": [
    { plan: odd },
    {},
    { plan: odd.map((entry) => ({ ...entry, props: { color: "red" } })) },
    { verb: "destroy" },
  ],
  "one call at a time": [
    { plan: mixed, flags: ["--parallel", "1"] },
    { plan: chain, flags: ["--parallel", "1"] },
    { verb: "refresh", flags: ["--parallel", "1"] },
    { verb: "destroy", flags: ["--parallel", "1"] },
  ],
  "two resources of one URN": [
    { plan: [{ name: "a" }] },
    { plan: [{ name: "a" }, { name: "b", opts: { dependsOn: ["a"] } }, { name: "b", opts: { dependsOn: ["b"] } }] },
  ],
  "properties that a handler depends on by another's name": [
    { plan: [{ name: "a" }, { name: "b", props: { nest: { list: [of("a.serial"), of("a.token")] }, color: "red" } }] },
    { plan: [{ name: "b", props: { nest: { list: [1, "token-1"] }, color: "red" } }] },
    {},
  ],
};
