// `npm pack` of the package: builds it, and lends it the repository's README and LICENSE while it is packed.
import { copyFileSync, rmSync } from "node:fs";
import path from "node:path";
import { root, setup } from "./setup.mjs";

const lent = ["README.md", "LICENSE"].map((name) => [path.join(root, name), path.join(root, "provider", name)]);

if (process.argv[2] === "lend") {
  setup();
  for (const [from, to] of lent) copyFileSync(from, to);
} else {
  for (const [, to] of lent) rmSync(to, { force: true });
}
