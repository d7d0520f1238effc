#!/usr/bin/env node
// Starts the command line; the check comes first so that an old Node says what is wrong instead of failing on syntax.
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 19)) {
  console.error(
    `pulumi-rocketchat needs Node.js 22.19 or newer; this is ${process.version}. Install a newer Node.js and run the command again.`,
  );
  process.exit(1);
}
await import("../dist/cli/main.js");
