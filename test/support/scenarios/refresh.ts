/** Reading what is there: refresh, up --refresh, and what is read with .get. */
import { chain, changed, of, type Scenarios } from "./act.ts";

export const refresh: Scenarios = {
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
  "refresh: a dependency is gone, its users stay": [
    {
      plan: [
        ...chain,
        { name: "g", component: true },
        { name: "k", props: { color: of("b.serial") }, opts: { parent: "g", dependsOn: ["c"] } },
      ],
    },
    { tamper: (objects) => void delete objects["Thing-1"], verb: "refresh" },
    {},
    {},
  ],
  "refresh: everything is gone": [
    { plan: chain },
    {
      tamper: (objects) => {
        for (const id of Object.keys(objects)) delete objects[id];
      },
      verb: "refresh",
    },
    { verb: "destroy" },
  ],
  "refresh: one can't be read": [
    { plan: changed(chain, "b", { props: { fail: "read" } }) },
    { tamper: (objects) => void Object.assign(objects["Thing-1"]!, { color: "pink" }), verb: "refresh" },
    { plan: chain },
  ],
  "refresh: protected, kept when deleted, and gone": [
    {
      plan: [
        { name: "a", opts: { protect: true }, wait: true },
        { name: "b", opts: { retainOnDelete: true } },
      ],
    },
    {
      tamper: (objects) => {
        for (const id of Object.keys(objects)) delete objects[id];
      },
      verb: "refresh",
    },
    {},
  ],
  "up --refresh: a changed object and a change of the program": [
    {
      plan: [
        { name: "a", props: { color: "red", size: 2 } },
        { name: "b", props: { color: of("a.color") } },
      ],
    },
    {
      plan: [
        { name: "a", props: { color: "red", size: 3 } },
        { name: "b", props: { color: of("a.color") } },
      ],
      tamper: (objects) => void Object.assign(objects["Thing-1"]!, { color: "pink" }),
      flags: ["--refresh"],
    },
    {},
  ],
  "destroy --refresh: gone by hand, changed by hand": [
    { plan: chain },
    {
      tamper: (objects) => {
        objects["Thing-1"]!.color = "pink";
        delete objects["Thing-3"];
      },
      verb: "destroy",
      flags: ["--refresh"],
    },
  ],
  "up --refresh: gone, and no longer in the program": [
    { plan: chain },
    {
      plan: chain.slice(0, 1),
      tamper: (objects) => void delete objects["Thing-2"],
      flags: ["--refresh"],
    },
  ],
  "get, then made by the stack itself, then got again": [
    { plan: [{ name: "keep" }, { name: "a", props: { color: "red" } }] },
    { plan: [{ name: "keep" }, { name: "x", get: "Thing-1" }] },
    { plan: [{ name: "keep" }, { name: "x" }] },
    {},
  ],
  "get of what was one's own, and what is there no longer": [
    { plan: [{ name: "a", opts: { retainOnDelete: true } }] },
    {
      plan: [
        { name: "a", opts: { retainOnDelete: true }, wait: true },
        { name: "x", get: "Thing-1" },
      ],
    },
    { plan: [{ name: "x", get: "Thing-1" }] },
    { tamper: (objects) => void delete objects["Thing-1"], verb: "refresh" },
    { verb: "destroy" },
  ],
  "get of an id that comes from a resource": [
    {
      plan: [{ name: "a" }, { name: "x", get: of("a.id") }, { name: "b", props: { color: of("x.name") } }],
      verb: "preview",
    },
    { plan: [{ name: "a" }, { name: "x", get: of("a.id") }, { name: "b", props: { color: of("x.name") } }] },
    {
      plan: [
        { name: "a", props: { name: "a2" } },
        { name: "x", get: of("a.id") },
        { name: "b", props: { color: of("x.name") } },
      ],
    },
    { verb: "destroy" },
  ],
  "get under the URN of a resource of this stack": [
    {
      plan: [
        { name: "a", props: { color: "red" } },
        { name: "b", props: { color: of("a.color") } },
      ],
    },
    {
      plan: [
        { name: "a", get: "Thing-1" },
        { name: "b", props: { color: of("a.color") } },
      ],
    },
    { plan: [{ name: "b", props: { color: "red" } }] },
  ],
};
