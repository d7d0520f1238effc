/** protect, retainOnDelete, deletedWith, ignoreChanges: alone and together. */
import type { Scenarios } from "./act.ts";

export const options: Scenarios = {
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
  "protect among others: what may go, goes": [
    {
      plan: [
        { name: "a" },
        { name: "b", opts: { dependsOn: ["a"], protect: true } },
        { name: "c", opts: { dependsOn: ["b"] }, wait: true },
        { name: "d" },
      ],
    },
    { verb: "destroy" },
    { plan: [{ name: "a" }] },
  ],
  "protect and retainOnDelete": [
    { plan: [{ name: "a", opts: { protect: true, retainOnDelete: true } }] },
    { plan: [] },
    { verb: "destroy" },
    { plan: [{ name: "a", opts: { retainOnDelete: true } }] },
    { verb: "destroy" },
  ],
  "protect comes off and the replacement goes on, in one run": [
    { plan: [{ name: "a", opts: { protect: true } }] },
    { plan: [{ name: "a", props: { name: "a2" } }] },
    { plan: [{ name: "a", props: { name: "a2" } }] },
    { plan: [{ name: "a", props: { name: "a2" } }] },
  ],
  "retainOnDelete and a replacement, in both orders": [
    {
      plan: [
        { name: "a", opts: { retainOnDelete: true } },
        { name: "b", props: { unique: true }, opts: { retainOnDelete: true } },
      ],
    },
    {
      plan: [
        { name: "a", props: { name: "a2" }, opts: { retainOnDelete: true } },
        { name: "b", props: { name: "b2", unique: true }, opts: { retainOnDelete: true } },
      ],
    },
    {},
  ],
  "retainOnDelete comes off together with the resource's removal": [
    { plan: [{ name: "a", opts: { retainOnDelete: true }, wait: true }, { name: "b" }] },
    { plan: [{ name: "a" }, { name: "b", opts: { retainOnDelete: true } }] },
    { plan: [] },
  ],
  "deletedWith and a replacement of the other": [
    { plan: [{ name: "a" }, { name: "b", opts: { deletedWith: "a" } }] },
    {
      plan: [
        { name: "a", props: { name: "a2" } },
        { name: "b", opts: { deletedWith: "a" } },
      ],
    },
    {
      plan: [
        { name: "a", props: { name: "a2" } },
        { name: "b", props: { name: "b2" }, opts: { deletedWith: "a" } },
      ],
    },
    {},
  ],
  "deletedWith and a replacement of the other, the old one first": [
    {
      plan: [
        { name: "a", props: { unique: true } },
        { name: "b", opts: { deletedWith: "a" } },
      ],
    },
    {
      plan: [
        { name: "a", props: { name: "a2", unique: true } },
        { name: "b", opts: { deletedWith: "a" } },
      ],
    },
    {},
  ],
  "deletedWith at destroy, in a chain": [
    {
      plan: [
        { name: "a" },
        { name: "b", opts: { deletedWith: "a" } },
        { name: "c", opts: { deletedWith: "b" } },
        { name: "d", opts: { dependsOn: ["c"] } },
      ],
    },
    { verb: "destroy" },
  ],
  "ignoreChanges: wildcards, elements of arrays, quoted keys": [
    {
      plan: [
        {
          name: "a",
          props: {
            list: [
              { x: 1, y: 1 },
              { x: 2, y: 2 },
            ],
            nest: { "b.c": 1, d: 1 },
            tags: [1, 2, 3],
          },
        },
        { name: "b", props: { color: "red", size: 2 } },
      ],
    },
    {
      plan: [
        {
          name: "a",
          props: {
            list: [
              { x: 8, y: 8 },
              { x: 9, y: 9 },
            ],
            nest: { "b.c": 7, d: 7 },
            tags: [6, 7, 8],
          },
          opts: { ignoreChanges: ["list[*].x", 'nest["b.c"]', "tags[1]"] },
        },
        { name: "b", props: { color: "blue", size: 5 }, opts: { ignoreChanges: ["*"] } },
      ],
    },
    {},
  ],
  "ignoreChanges: a property that is gone, an array of another length, with a replacement": [
    { plan: [{ name: "a", props: { color: "red", tags: [1, 2, 3], nest: { x: 1 } } }] },
    { plan: [{ name: "a", props: { tags: [9] }, opts: { ignoreChanges: ["color", "tags[0]", "nest.x"] } }] },
    {
      plan: [
        { name: "a", props: { name: "a2", color: "blue", tags: [9] }, opts: { ignoreChanges: ["color", "name"] } },
      ],
    },
    { plan: [{ name: "a", props: { name: "a2", color: "blue" }, opts: { ignoreChanges: ["color"] } }] },
  ],
};
