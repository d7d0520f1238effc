/**
 * A process to be killed: makes resources one after the other, and prints `begun N` and `done N` when the store has said
 * that it is on disk. Arguments: the project's folder, how many are under way at once.
 */
import { createKeyring, loadProject, openBackend, openStack } from "../../../../provider/runner/state/index.ts";
import { salt, secretOf, thing } from "./samples.ts";

const [dir = "", lanes = "1"] = process.argv.slice(2);
const project = await loadProject(dir);
const store = await openStack({
  backend: await openBackend({ project, env: process.env }),
  project: project.name,
  stack: "dev",
  keyring: createKeyring(process.env),
  salt,
  write: true,
});
let next = 0;
async function lane() {
  for (;;) {
    const n = next++;
    const resource = thing(`r${n}`, { inputs: { password: secretOf(`password ${n}`) } });
    const { id, outputs, ...wanted } = resource;
    const operation = await store.begin({ type: "creating", resource: wanted });
    console.log(`begun ${n}`);
    await store.finish(operation, { put: resource });
    console.log(`done ${n}`);
    if (n % 50 === 49 && lanes === "1") await store.save();
  }
}
await Promise.all(Array.from({ length: Number(lanes) }, lane));
