// The `clone` command from a big workspace to an empty server: it finishes, all is there, and a second one writes nothing.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { measured } from "../bench/run.mjs";
import { startServer } from "../bench/server.mjs";
import { environment, node, root } from "../setup.mjs";

const sum = (routes) => Object.values(routes).reduce((total, each) => total + each, 0);
const writes = (routes) => Object.keys(routes).filter((route) => !/^GET |\/log(in|out)$/.test(route));

/** Asks what a list of the server counts. Logs in at once: later the server may have had enough of log-ins. */
async function counterOf({ env }) {
  const { ROCKETCHAT_URL: url, ROCKETCHAT_USERNAME: user, ROCKETCHAT_PASSWORD: password } = env;
  const post = { method: "POST", headers: { "content-type": "application/json" } };
  const { data } = await (
    await fetch(`${url}/api/v1/login`, { ...post, body: JSON.stringify({ user, password }) })
  ).json();
  const headers = { "X-User-Id": data.userId, "X-Auth-Token": data.authToken };
  return async (route) => (await (await fetch(`${url}/api/v1/${route}?count=1`, { headers })).json()).total;
}

export async function run(size, report) {
  const [source, target] = [await startServer(size), await startServer()];
  const [there, here] = [await counterOf(source), await counterOf(target)];
  const folder = mkdtempSync(path.join(tmpdir(), "rocketchat-scale-"));
  const bin = path.join(root, "provider", "bin", "pulumi-rocketchat.mjs");
  const env = environment({
    ...target.env,
    ROCKETCHAT_FROM_USERNAME: source.env.ROCKETCHAT_USERNAME,
    ROCKETCHAT_FROM_PASSWORD: source.env.ROCKETCHAT_PASSWORD,
    PULUMI_HOME: path.join(folder, "home"),
    PULUMI_BACKEND_URL: `file://${folder}`,
    PULUMI_CONFIG_PASSPHRASE: "scale",
  });
  const args = [bin, "clone", "--from", source.env.ROCKETCHAT_URL, "--to", target.env.ROCKETCHAT_URL, "--yes"];
  try {
    for (const which of ["first", "second"]) {
      await Promise.all([source.routes(), target.routes()]);
      const { seconds, peakRssMiB, cpuSeconds } = await measured(node(), args, { cwd: folder, env });
      const [read, written] = [await source.routes(), await target.routes()];
      report(`${which}: seconds`, seconds.toFixed(1));
      report(`${which}: processor seconds`, cpuSeconds);
      report(`${which}: peak MiB`, peakRssMiB);
      report(`${which}: calls at the source`, sum(read));
      report(`${which}: calls at the source that change something`, writes(read).length, 0);
      report(`${which}: calls at the target`, sum(written));
      if (which === "second")
        report(
          `second: calls at the target that change something ${writes(written)}`.trim(),
          writes(written).length,
          0,
        );
    }
    for (const route of ["users.list", "rooms.adminRooms", "integrations.list"])
      report(`${route} missing at the target`, (await there(route)) - (await here(route)), 0);
  } finally {
    await Promise.all([source.stop(), target.stop()]);
    rmSync(folder, { recursive: true, force: true });
  }
}
