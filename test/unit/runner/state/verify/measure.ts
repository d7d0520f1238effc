/**
 * Asks the Pulumi CLI on the PATH what it says of each case, and writes test/fixtures/state/verify.json: `node test/unit/runner/state/verify/measure.ts`.
 * "import": `pulumi stack import` of the export. "load": `pulumi stack` over the same as a checkpoint of the file backend.
 */
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { cases, checkpointOf, exportOf, textOf } from "./cases.ts";
import { fixtures, passphrase } from "./shapes.ts";

const run = promisify(execFile);
const dir = await mkdtemp(join(tmpdir(), "verify-"));

interface Verdict {
  import: "accepted" | "refused";
  load: "accepted" | "refused";
  /** The first lines of what was said, of the two the one that refused. */
  said?: string;
}

async function pulumi(folder: string, ...args: string[]): Promise<string | undefined> {
  const env = {
    ...process.env,
    PULUMI_HOME: join(dir, "home"),
    PULUMI_BACKEND_URL: `file://${folder}`,
    PULUMI_CONFIG_PASSPHRASE: passphrase,
    PULUMI_SKIP_UPDATE_CHECK: "true",
  };
  try {
    await run("pulumi", [...args, "--non-interactive", "--color=never"], { cwd: folder, env, timeout: 60_000 });
    return undefined;
  } catch (error) {
    const { stderr = "", stdout = "" } = error as { stderr?: string; stdout?: string };
    return (stderr + stdout).replaceAll(folder, "").trim();
  }
}

async function judge(folder: string, name: string): Promise<Verdict> {
  const edit = cases.get(name);
  if (!edit) throw new Error(`no case ${name}`);
  const checkpoint = join(folder, ".pulumi/stacks/golden/dev.json");
  const exported = exportOf(edit);
  await writeFile(checkpoint, JSON.stringify({ version: 3, checkpoint: { stack: "organization/golden/dev" } }));
  await writeFile(join(folder, "export.json"), textOf(exported));
  const imported = await pulumi(folder, "stack", "import", "--stack", "dev", "--file", join(folder, "export.json"));
  await writeFile(checkpoint, checkpointOf(exported));
  const loaded = await pulumi(folder, "stack", "--stack", "dev");
  const said = (imported ?? loaded)
    ?.replace(/^error: /, "")
    .split("\n")
    .slice(0, 2)
    .join(" ")
    .slice(0, 200);
  return {
    import: imported === undefined ? "accepted" : "refused",
    load: loaded === undefined ? "accepted" : "refused",
    ...(said && { said }),
  };
}

const verdicts: Record<string, Verdict> = {};
const left = [...cases.keys()];
for (const name of left) verdicts[name] = { import: "accepted", load: "accepted" };

async function lane(n: number): Promise<void> {
  const folder = join(dir, String(n));
  await mkdir(join(folder, ".pulumi/stacks/golden"), { recursive: true });
  await writeFile(join(folder, "Pulumi.yaml"), "name: golden\nruntime: nodejs\n");
  await writeFile(join(folder, ".pulumi/meta.yaml"), "version: 1\n");
  for (let name = left.shift(); name !== undefined; name = left.shift()) {
    verdicts[name] = await judge(folder, name);
    process.stdout.write(".");
  }
}

try {
  await Promise.all([lane(0), lane(1)]);
  const { stdout } = await run("pulumi", ["version"]);
  const made = `node test/unit/runner/state/verify/measure.ts, with the Pulumi CLI ${stdout.trim()}`;
  await writeFile(join(fixtures, "verify.json"), `${JSON.stringify({ made, verdicts }, null, 2)}\n`);
} finally {
  await rm(dir, { recursive: true, force: true });
}
