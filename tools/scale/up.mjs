// `up -f` of a document with as many objects as `--people` says: made once, then unchanged, then looked at by the component on the
// Pulumi CLI where there is one. The bound of seconds is for two cores that do nothing else.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { bigDocument, objectsOf } from "../../test/support/workspaces/big.ts";
import { engines, measured } from "../bench/run.mjs";
import { startServer } from "../bench/server.mjs";
import { environment, node, root } from "../setup.mjs";

const MOST_SECONDS = 3;
const TIMES = 3;

/** Three quarters of them people, the rest rooms, a member of each, and webhooks. */
const sizeOf = (objects) => {
  const [rooms, hooks] = [Math.floor(objects / 10), Math.floor(objects / 20)];
  return { people: objects - 2 * rooms - hooks, rooms, hooks, members: 1 };
};

export async function run({ people: objects }, report) {
  const server = await startServer();
  const folder = mkdtempSync(path.join(tmpdir(), "rocketchat-scale-"));
  const bin = path.join(root, "provider", "bin", "pulumi-rocketchat.mjs");
  const env = environment({
    ...server.env,
    PULUMI_HOME: path.join(folder, "home"),
    PULUMI_BACKEND_URL: `file://${folder}`,
    PULUMI_CONFIG_PASSPHRASE: "scale",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  });
  const command = (verb, engine, ...flags) =>
    measured(node(), [bin, verb, "-f", "workspace.yaml", "--stack", "dev", "--engine", engine, ...flags], {
      cwd: folder,
      env,
    });
  const tell = (what, { seconds, cpuSeconds, peakRssMiB }, most) => {
    report(`${what}: seconds`, Number(seconds.toFixed(1)), most);
    report(`${what}: processor seconds`, cpuSeconds);
    report(`${what}: peak MiB`, peakRssMiB);
  };
  try {
    const size = sizeOf(objects);
    writeFileSync(path.join(folder, "workspace.yaml"), bigDocument(size));
    report("objects", objectsOf(size));
    tell("made", await command("up", "embedded", "--yes"));
    await server.routes();
    let best;
    for (let time = 0; time < TIMES; time++) {
      const now = await command("up", "embedded", "--yes", "--expect-no-changes");
      if (best === undefined || now.seconds < best.seconds) best = now;
    }
    tell(`unchanged, best of ${TIMES}`, best, MOST_SECONDS);
    report("unchanged: calls", await server.calls(), 0);
    if (!engines().includes("pulumi"))
      return report("the component on the Pulumi CLI: not looked at, there is none", 0);
    tell("the component on the Pulumi CLI, no change", await command("preview", "pulumi", "--expect-no-changes"));
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
