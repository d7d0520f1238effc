// The programs that are measured, each in a folder of its own: users, and dynamic resources that do nothing with the same
// arguments and outputs (the floor: what Pulumi's SDK and the engine take for them anyway).
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { root } from "../setup.mjs";

/** As the handlers of the package are: code elsewhere, a short text in the state. */
const nothing = `const outs = (inputs) => ({ ...inputs, userId: "id-of-" + inputs.username, createdAt: "2026-01-01T00:00:00.000Z",
  serverUrl: "http://127.0.0.1:3000", workspaceId: "00000000000000000" });
exports.handler = () => ({
  check: async (olds, news) => ({ inputs: news, failures: [] }),
  diff: async () => ({ changes: false }),
  create: async (inputs) => ({ id: "id-of-" + inputs.username, outs: outs(inputs) }),
  read: async (id, props) => ({ id, props }),
  update: async (id, olds, news) => ({ outs: outs(news) }),
  delete: async () => {},
});
`;

const args = (i) =>
  `{ username: "user-" + ${i}, name: "User " + ${i}, email: "user-" + ${i} + "@example.com", password: "secret-" + ${i} }`;

/** Without a password for each: making those would be measured, too. */
const file = (n) =>
  ["username,name,email", ...Array.from({ length: n }, (_, i) => `user-${i},User ${i},user-${i}@example.com`)].join(
    "\n",
  );

// The floor first: each row of the others can name its share.
const programs = {
  floor: (n, folder) => `import * as pulumi from "@pulumi/pulumi";
const handler = ${JSON.stringify(`exports.handler=require(${JSON.stringify(path.join(folder, "nothing.cjs"))}).handler`)};
class Nothing extends pulumi.CustomResource {
  constructor(name, { password, ...args }) {
    const outputs = { userId: undefined, createdAt: undefined, serverUrl: undefined, workspaceId: undefined };
    super("pulumi-nodejs:dynamic:Resource", name,
      { ...outputs, ...args, password: pulumi.secret(password), __provider: handler },
      { additionalSecretOutputs: ["password"] });
  }
}
for (let i = 0; i < ${n}; i++) new Nothing("user-" + i, ${args("i")});
`,
  users: (n) => `import * as rocketchat from "pulumi-rocketchat";
for (let i = 0; i < ${n}; i++) new rocketchat.User("user-" + i, ${args("i")});
`,
  batch: () => `import * as rocketchat from "pulumi-rocketchat";
new rocketchat.UserBatch("people", { file: "people.csv", defaults: { password: "Secret-For-All-1" } });
`,
};

export const workloads = Object.keys(programs);

/** A folder with a program of `n` resources, its own state, and nothing of this machine's Pulumi settings. */
export function makeProject(workload, n) {
  const folder = mkdtempSync(path.join(tmpdir(), "rocketchat-bench-"));
  const write = (name, text) => writeFileSync(path.join(folder, name), text);
  write("package.json", `${JSON.stringify({ name: "bench", type: "module", main: "index.js" })}\n`);
  write("Pulumi.yaml", "name: bench\nmain: index.js\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n");
  write("index.js", programs[workload](n, folder));
  write("nothing.cjs", nothing);
  write("people.csv", file(n));
  symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"));
  mkdirSync(path.join(folder, "state"));
  return {
    folder,
    env: {
      PULUMI_HOME: path.join(folder, "home"),
      PULUMI_BACKEND_URL: `file://${path.join(folder, "state")}`,
      PULUMI_CONFIG_PASSPHRASE: "bench",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    },
    checkpointBytes: () =>
      readFileSync(path.join(folder, "state", ".pulumi", "stacks", "bench", "dev.json")).byteLength,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
