/** Explicit and default providers, their configuration, and moving between them. */
import type { Entry } from "../things.ts";
import { euUsers, of, type Scenarios, secret } from "./act.ts";

const two: readonly Entry[] = [
  { name: "eu", provider: true, props: { "things:server": "eu" } },
  { name: "us", provider: true, props: { "things:server": "us" } },
];
/** The server's name is known only when `a` was made: it has the color of the moment in it. */
const configured = (color: string): Entry[] => [
  { name: "a", props: { name: color } },
  { name: "eu", provider: true, props: { "things:server": of("a.token") } },
  { name: "b", opts: { provider: "eu" } },
  { name: "c", props: { color: of("b.serial") }, opts: { provider: "eu" } },
];

export const providers: Scenarios = {
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
  "two providers, and a resource that moves between them": [
    {
      plan: [
        ...two,
        { name: "a", opts: { provider: "eu" } },
        { name: "b", opts: { provider: "us", dependsOn: ["a"] } },
      ],
    },
    {
      plan: [
        ...two,
        { name: "a", opts: { provider: "us" } },
        { name: "b", opts: { provider: "us", dependsOn: ["a"] } },
      ],
    },
    {
      plan: [
        ...two,
        { name: "a", props: { color: "red" }, opts: { provider: "eu" } },
        { name: "b", opts: { provider: "us", dependsOn: ["a"] } },
      ],
    },
    { plan: [...two, { name: "b", opts: { provider: "us" } }] },
  ],
  "a provider under another name: its resources go to the new one": [
    { plan: euUsers("eu", {}) },
    {
      plan: [
        { name: "europe", provider: true, props: { "things:server": "eu" } },
        { name: "a", opts: { provider: "europe" } },
        { name: "b", props: { color: of("a.serial") }, opts: { provider: "europe" } },
      ],
    },
    {},
  ],
  "a provider under another name, with an alias": [
    { plan: euUsers("eu", {}) },
    {
      plan: [
        { name: "europe", provider: true, props: { "things:server": "eu" }, opts: { aliases: [{ name: "eu" }] } },
        { name: "a", opts: { provider: "europe" } },
        { name: "b", props: { color: of("a.serial") }, opts: { provider: "europe" } },
      ],
    },
    {},
  ],
  "configuration that comes from a resource: unknown before it is made, unknown again": [
    { plan: configured("red"), verb: "preview" },
    { plan: configured("red") },
    { verb: "preview" },
    { plan: configured("blue"), verb: "preview" },
    { plan: configured("blue") },
  ],
  "a secret in a provider's configuration": [
    {
      plan: [
        { name: "eu", provider: true, props: { "things:server": "eu", "things:key": secret("k1") } },
        { name: "a", opts: { provider: "eu" } },
      ],
    },
    {
      plan: [
        { name: "eu", provider: true, props: { "things:server": "eu", "things:key": secret("k2") } },
        { name: "a", opts: { provider: "eu" } },
      ],
    },
    { verb: "refresh" },
  ],
  "a provider and all that it made, gone from the program": [{ plan: euUsers("eu", {}) }, { plan: [{ name: "c" }] }],
};
