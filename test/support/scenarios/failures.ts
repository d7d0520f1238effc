/** What fails, what goes on all the same, and what the next run makes of it. */
import type { Entry } from "../things.ts";
import { chain, changed, of, type Scenarios } from "./act.ts";

const forest: readonly Entry[] = [
  { name: "a", props: { fail: "create" } },
  { name: "a-child", opts: { parent: "a" } },
  { name: "a-user", props: { color: of("a.serial") } },
  { name: "a-user-after", opts: { dependsOn: ["a-user"] } },
  { name: "b" },
  { name: "b-user", props: { color: of("b.serial") } },
];
const mended = (entry: Entry): Entry => ({ ...entry, props: { ...entry.props, fail: "" } });

export const failures: Scenarios = {
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
  "the program throws: nothing is deleted": [
    { plan: chain },
    // Waited for: what was sent in the moment before a program ends may or may not arrive.
    { plan: { resources: chain.slice(0, 1).map((entry) => ({ ...entry, wait: true })), crash: "boom" } },
    {},
  ],
  "a partial creation, then a replacement": [
    { plan: [{ name: "a", props: { fail: "partial" } }] },
    { plan: [{ name: "a", props: { name: "a2" } }] },
    {},
  ],
  "a partial creation, then it is given up": [{ plan: [{ name: "a", props: { fail: "partial" } }] }, { plan: [] }],
  "a partial creation: what a preview, a refresh and the next run make of it": [
    { plan: chain },
    { plan: changed(chain, "c", { props: { name: "c2", fail: "partial" } }) },
    { plan: changed(chain, "c", { props: { name: "c2" } }), verb: "preview" },
    { verb: "refresh" },
    {},
    {},
  ],
  "a partial update, then the rest": [
    { plan: chain },
    { plan: changed(chain, "b", { props: { fail: "partial-update" } }) },
    { verb: "preview" },
    { plan: changed(chain, "b", { props: { size: 7 } }) },
    {},
  ],
  "a failure with others in flight": [
    { plan: [{ name: "a", props: { fail: "create" } }, { name: "b" }, { name: "c", opts: { dependsOn: ["a"] } }] },
    { plan: [{ name: "a" }, { name: "b" }, { name: "c", opts: { dependsOn: ["a"] } }] },
  ],
  "--continue-on-error: what doesn't depend on it is made": [
    { plan: forest, flags: ["--continue-on-error"] },
    { plan: forest.map(mended) },
    { plan: changed(forest.map(mended), "a", { props: { fail: "update" } }), flags: ["--continue-on-error"] },
  ],
  "--continue-on-error: deletions go on, but for what the failed ones need": [
    {
      plan: [
        { name: "a", wait: true },
        { name: "b", props: { fail: "delete" }, opts: { dependsOn: ["a"] }, wait: true },
        { name: "c", wait: true },
        { name: "d", opts: { dependsOn: ["c"] } },
      ],
    },
    { verb: "destroy", flags: ["--continue-on-error"] },
  ],
  "--continue-on-error: a failed replacement and deletions at the end": [
    { plan: [{ name: "a", wait: true }, { name: "b", opts: { dependsOn: ["a"] }, wait: true }, { name: "old" }] },
    {
      plan: [
        { name: "a", props: { name: "a2", fail: "create" } },
        { name: "b", props: { color: "red" }, opts: { dependsOn: ["a"] } },
      ],
      flags: ["--continue-on-error"],
    },
    { plan: [{ name: "a" }, { name: "b", opts: { dependsOn: ["a"] } }] },
  ],
  "--continue-on-error: a check fails": [
    {
      plan: [{ name: "a", props: { color: "mauve" } }, { name: "b", opts: { dependsOn: ["a"] } }, { name: "c" }],
      flags: ["--continue-on-error"],
    },
  ],
};
