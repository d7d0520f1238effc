/** Secrets: where they stand, where they show up again, and when they stop being secret. */
import { of, type Scenarios, secret } from "./act.ts";

const shown = {
  nested: { pw: of("a.pw"), name: of("a.name") },
  list: [of("a.pw"), 1, secret("x")],
  plain: "p",
};

export const secrets: Scenarios = {
  "a secret in an array, in an object, in both: made and updated": [
    {
      plan: [
        {
          name: "a",
          props: { list: [1, secret("s1")], nest: { in: { pw: secret("s2") }, list: [{ k: secret("s3") }] } },
        },
      ],
    },
    {
      plan: [
        {
          name: "a",
          props: { list: [1, secret("s9"), 2], nest: { in: { pw: secret("s2") }, list: [{ k: secret("s8") }] } },
        },
      ],
    },
    {},
  ],
  "secret, then plain, then secret again, with one value": [
    {
      plan: [
        { name: "a", props: { color: secret("red"), nest: { x: secret(1) } } },
        { name: "b", props: { color: of("a.color") } },
      ],
    },
    {
      plan: [
        { name: "a", props: { color: "red", nest: { x: 1 } } },
        { name: "b", props: { color: of("a.color") } },
      ],
    },
    {
      plan: [
        { name: "a", props: { color: secret("red"), nest: { x: secret(1) } } },
        { name: "b", props: { color: of("a.color") } },
      ],
    },
    {},
  ],
  "additionalSecretOutputs: after a refresh, added, given up": [
    { plan: [{ name: "a", opts: { additionalSecretOutputs: ["token", "absent"] } }] },
    { tamper: (objects) => void Object.assign(objects["Thing-1"]!, { color: "pink" }), verb: "refresh" },
    { plan: [{ name: "a", opts: { additionalSecretOutputs: ["token", "echo"] } }] },
    { plan: [{ name: "a" }] },
    { plan: [{ name: "a", props: { color: "red" } }] },
  ],
  "the stack's outputs: secrets within objects and arrays": [
    { plan: { resources: [{ name: "a", props: { pw: secret("s1") } }], outputs: shown } },
    { plan: { resources: [{ name: "a", props: { pw: secret("s2") } }], outputs: { ...shown, more: secret([1]) } } },
    { plan: { resources: [{ name: "a", props: { pw: secret("s2") } }], outputs: {} } },
  ],
  "a secret and a replacement": [
    { plan: [{ name: "a", props: { name: secret("n1"), pw: secret("s1") } }] },
    { plan: [{ name: "a", props: { name: secret("n2"), pw: secret("s1") } }] },
    {},
  ],
};
