import { expect, it } from "vitest";
import { isDrawable } from "../../../../provider/cli/engine/terminal.ts";

it.each([
  [true, { isTTY: true }, { TERM: "xterm" }],
  [true, { isTTY: true }, { CI: "false" }],
  [false, {}, { TERM: "xterm" }],
  [false, { isTTY: true }, { TERM: "dumb" }],
  [false, { isTTY: true }, { TERM: "xterm", CI: "true" }],
])("says %s of %o with %o", (expected, stream, env) => {
  expect(isDrawable(stream, env)).toBe(expected);
});
