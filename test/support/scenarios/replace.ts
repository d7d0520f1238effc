/** Replacements: their order, what goes along, and what happens when one stops half way. */
import type { Entry } from "../things.ts";
import { chain, changed, euUsers, family, of, type Scenarios } from "./act.ts";

/** A replaced one, its dependents: replaced as well, updated, and only after it. */
const three: readonly Entry[] = [
  { name: "root", props: { unique: true } },
  { name: "next", props: { base: of("root.serial") } },
  { name: "last", props: { base: of("next.serial"), unique: true } },
  { name: "paint", props: { color: of("root.serial") }, opts: { dependsOn: ["last"] } },
  { name: "after", opts: { dependsOn: ["root", "paint"] } },
  { name: "brush", props: { color: of("paint.serial") }, opts: { dependsOn: ["after"] } },
];
const goesOn = "what waits for its creation is made: its diff is not asked, and what went is not deleted again";
const protectedUser: readonly Entry[] = [
  { name: "a", props: { unique: true } },
  { name: "b", props: { base: of("a.serial") }, opts: { protect: true } },
];
const retainedUser: readonly Entry[] = [
  { name: "a", props: { unique: true } },
  { name: "b", props: { base: of("a.serial") }, opts: { retainOnDelete: true } },
];

export const replace: Scenarios = {
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
  "the replacement can't be made after the deletion": [
    { plan: [{ name: "a", props: { unique: true } }] },
    { plan: [{ name: "a", props: { name: "a2", unique: true, fail: "create" } }] },
    { plan: [{ name: "a", props: { name: "a2", unique: true } }], callsDiffer: goesOn },
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
  "replaceOnChanges, where the comparison is the engine's": [
    { plan: [{ name: "a", props: { lazy: true, size: 1, color: "red" }, opts: { replaceOnChanges: ["color"] } }] },
    { plan: [{ name: "a", props: { lazy: true, size: 2, color: "red" }, opts: { replaceOnChanges: ["color"] } }] },
    { plan: [{ name: "a", props: { lazy: true, size: 2, color: "blue" }, opts: { replaceOnChanges: ["color"] } }] },
  ],
  "the old one first, a chain of three: replaced, updated, left alone": [
    { plan: three },
    { plan: changed(three, "root", { props: { name: "root2" } }) },
    {},
    { plan: changed(three, "root", { props: { color: "red", name: "root2" } }) },
  ],
  "the old one first, with a dependent that is protected": [
    { plan: protectedUser },
    { plan: changed(protectedUser, "a", { props: { name: "a2" } }) },
    { verb: "preview" },
  ],
  "the old one first, with a dependent that is kept when deleted": [
    { plan: retainedUser },
    { plan: changed(retainedUser, "a", { props: { name: "a2" } }) },
    {},
  ],
  "a pending replacement goes on: with dependents, then another change": [
    { plan: family },
    { plan: changed(family, "a", { props: { name: "a2", fail: "create" } }) },
    { verb: "preview", callsDiffer: goesOn },
    { plan: changed(family, "a", { props: { name: "a3" } }), callsDiffer: goesOn },
    {},
  ],
  "a pending replacement, then destroy": [
    { plan: family },
    { plan: changed(family, "a", { props: { name: "a2", fail: "create" } }) },
    { verb: "destroy" },
  ],
  "a pending replacement, then refresh": [
    { plan: family },
    { plan: changed(family, "a", { props: { name: "a2", fail: "create" } }) },
    { verb: "refresh" },
    { plan: family, callsDiffer: goesOn },
  ],
  "a replacement is made in part": [
    { plan: chain },
    { plan: changed(chain, "a", { props: { name: "a2", fail: "partial" } }) },
    { plan: changed(chain, "a", { props: { name: "a2" } }) },
    {},
  ],
  "replaceOnChanges of a provider resource": [
    { plan: euUsers("eu", { replaceOnChanges: ["things:server"] }) },
    { plan: euUsers("eu2", { replaceOnChanges: ["things:server"] }) },
    {},
  ],
};
