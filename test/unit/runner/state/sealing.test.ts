import { expect, test } from "vitest";
import { createSealer } from "../../../../provider/runner/state/sealing.ts";
import { fixtureKeyring, salt, secretOf, thing } from "./workbench.ts";

const cipher = await fixtureKeyring().unlock(salt, "there");
const sealer = () => createSealer(cipher);

test("secrets at every depth are sealed, opened by another process, and nothing else is touched", () => {
  const resource = thing("a", {
    inputs: {
      top: secretOf("pässword"),
      deep: { list: [1, secretOf({ a: [true, null] }), "x"], plain: { "": 1 } },
      nested: secretOf({ outer: secretOf("inner") }),
      none: null,
    },
    outputs: { token: secretOf(5) },
    extra: { kept: true },
  });
  const sealed = sealer().seal(resource);
  const text = JSON.stringify(sealed);
  expect(text).not.toContain("pässword");
  expect(text).not.toContain("inner");
  expect(sealer().open(JSON.parse(text))).toEqual(resource);
});

test("an unchanged secret keeps its ciphertext, also after a load; equal secrets elsewhere look different", () => {
  const resource = thing("a", { inputs: { password: secretOf("x") }, outputs: { password: secretOf("x") } });
  const first = sealer();
  const sealed = first.seal(resource);
  expect(first.seal({ ...resource, protect: true })).toEqual({ ...sealed, protect: true });
  expect(sealed.inputs).not.toEqual(sealed.outputs);
  const later = sealer();
  later.open(sealed);
  expect(later.seal(resource)).toEqual(sealed);
  expect(later.seal(thing("b", { inputs: resource.inputs ?? {} })).inputs).not.toEqual(sealed.inputs);
  expect(later.seal({ ...resource, inputs: { password: secretOf("y") } }).inputs).not.toEqual(sealed.inputs);
});

test("numbers that JSON can't hold, undefined, and other envelopes survive as the CLI has them", () => {
  const reference = { "4dabf18193072939515e22adb298388d": "5cf8f73096256a8f31e491e813e4eb8e", urn: "u", id: "i" };
  const outputs = { nan: Number.NaN, inf: Number.POSITIVE_INFINITY, gone: undefined, reference };
  const sealed = sealer().seal(thing("a", { outputs }));
  expect(sealed.outputs?.inf).toEqual({
    "4dabf18193072939515e22adb298388d": "8ad145fe-0d11-4827-bfd7-1abcbf086f5c",
    value: "7ff0000000000000",
  });
  const { gone, ...kept } = outputs;
  expect(sealer().open(JSON.parse(JSON.stringify(sealed))).outputs).toEqual(kept);
  expect(Object.keys(sealed.outputs ?? {})).not.toContain("gone");
});

test("a value that isn't opened is named by resource and property", () => {
  const sealed = sealer().seal(thing("a", { inputs: { list: [secretOf("x")] } }));
  const broken = JSON.parse(JSON.stringify(sealed).replace(/v1:[^"]*/, "v1:AAAA:AAAA"));
  expect(() => sealer().open(broken)).toThrow(/inputs\.list\[0\] of urn:.*::a/);
});

test("plaintext of an export with secrets shown is taken", () => {
  const shown = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", plaintext: '"pw"' };
  expect(sealer().open(thing("a", { inputs: { shown } })).inputs).toEqual({ shown: secretOf("pw") });
});
