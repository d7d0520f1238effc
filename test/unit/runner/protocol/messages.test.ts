/** What a reader sees of what the program's SDK says. */
import { expect, it } from "vitest";
import { forUser } from "../../../../provider/runner/protocol/messages.ts";

it("keeps the program's frames and drops those of Node and the SDK, with an error's fields on them", () => {
  const message = [
    "\u001b[90mError: Cannot find package 'x'\u001b[39m",
    "    at mine (file:///home/me/index.ts:4:24)",
    "    at other (/home/me/node_modules/other/index.js:1:1)",
    "    at run (/home/me/node_modules/@pulumi/pulumi/cmd/run/run.ts:1:1)",
    "    at deep (node:internal/modules/esm/loader:687:17) {",
    "  code: 'ERR_MODULE_NOT_FOUND'",
    "}",
    "and more",
  ].join("\n");
  expect(forUser(message)).toBe(
    "Error: Cannot find package 'x'\n    at mine (file:///home/me/index.ts:4:24)\n    at other (/home/me/node_modules/other/index.js:1:1)\nand more",
  );
});

it.each([
  ["The Pulumi CLI does not support resource hooks. Please update the Pulumi CLI", 'The feature "resource hooks" is'],
  [
    "The Pulumi CLI does not support the ReplaceWith option. Please update the Pulumi CLI.",
    'The feature "ReplaceWith option" is',
  ],
  [
    "12 UNIMPLEMENTED: The server does not implement the method /pulumirpc.ResourceMonitor/newThing",
    "The request ResourceMonitor.newThing of the program's SDK is",
  ],
])("says what is not supported, and what to do, instead of: %s", (message, begin) => {
  expect(forUser(`Error: ${message}`)).toBe(
    `Error: ${begin} not supported by the embedded runner; use the Pulumi CLI: https://www.pulumi.com/docs/install/`,
  );
});
