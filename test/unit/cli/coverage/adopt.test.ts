/** What `coverage --adopt` prints, taken into a document: the next `up` takes everything over and changes nothing on the server. */
import { expect, onTestFinished, test } from "vitest";
import { documentBench } from "../../../support/command-line.ts";
import { exported } from "../../../support/workspaces/exported.ts";
import { fill } from "../../../support/workspaces/random/index.ts";
import { startKnown, unwantedWrites } from "../../../support/workspaces/round-trip.ts";

/** Their entries name files by the server's own addresses, and the sandbox keeps none. */
const PARTS = ["--exclude", "customEmojis", "--exclude", "customSounds"];

/** `ADOPTIONS`: how many; `npm run test:drift` takes more. */
const SEEDS = Array.from({ length: Number(process.env.ADOPTIONS ?? 1) }, (_, index) => index + 1);

test.each(SEEDS)("the entries of random workspace %i preview and go up without a change", async (seed) => {
  const { server, truth } = await startKnown("8.6.1");
  onTestFinished(() => server.close());
  await server.control("rate-limit", { calls: 1_000_000, seconds: 1 });
  const own = "name: acme\nchannels: { mine: { topic: Ours } }\n";
  const at = documentBench(server.url, own);
  expect(await at.run("up", "--yes", "--skip-preview", "--engine", "embedded")).toMatchObject({ code: 0 });
  await fill(server.reader, { seed, version: "8.6.1", crowd: 0 });

  const { code, stdout, stderr } = await at.run("coverage", "--adopt", ...PARTS);
  expect(code, stderr).toBe(0);
  at.write("adopted.yaml", stdout);
  at.write("workspace.yaml", `include: adopted.yaml\n${own}`);
  const { secrets } = await exported(server.url, { passwords: "adopt" });
  const values = new Map(secrets.map(({ key, value }) => [key, value]));
  for (const [, key = ""] of stdout.matchAll(/^# pulumi-rocketchat config set --secret (\S+)$/gm))
    expect(await at.run("config", "set", "--secret", key, String(values.get(key)))).toMatchObject({ code: 0 });

  await server.forget();
  const before = truth();
  const up = await at.run("up", "--yes", "--skip-preview", "--engine", "embedded");
  expect(up.code === 0 ? "" : up.stdout + up.stderr).toBe("");
  expect(await unwantedWrites(server)).toEqual([]);
  expect(truth()).toEqual(before);
  const preview = await at.run("preview", "--engine", "embedded", "--expect-no-changes", "--diff");
  expect(preview.code === 0 ? "" : preview.stdout).toBe("");

  const after = await at.run("coverage", "--fail-on-unmanaged", ...PARTS);
  expect(after.code === 0 ? "" : after.stdout).toBe("");
});
