/**
 * Required in the Node processes that the Pulumi CLI starts: the program's and our provider's read late what they do not use,
 * which is a quarter of a run. That it is the same code is test/unit/runner/protocol/late-modules.test.ts.
 */
const { createRequire } = require("node:module");
const path = require("node:path");

const [, main = ""] = process.argv;
if (/[\\/]@pulumi[\\/]pulumi[\\/]cmd[\\/](run|dynamic-provider)\b/.test(main)) {
  const { readSdkLate } = require("../../../provider/dist/runner/protocol/late-sdk.js");
  const root = main.replace(/[\\/]cmd[\\/](run|dynamic-provider)\b.*$/, "");
  readSdkLate(root, createRequire(path.join(root, "index.js")));
}
