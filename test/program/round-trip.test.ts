/**
 * The round trip by the commands that a person would run, on the embedded runner: `export`, `up` and `preview` against the server itself,
 * `up` on an empty one. With `ROUND_TRIPS=<n>` (npm run test:roundtrip) every tenth seed of n; not in the default suite, whose
 * round trips are those of test/unit/exporter.
 */
import { copyFileSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { VERSIONS } from "../../provider/sandbox/index.ts";
import { Lab } from "../support/lab.ts";
import type { Project } from "../support/project.ts";
import { exported } from "../support/workspaces/exported.ts";
import { fill } from "../support/workspaces/random/index.ts";
import { comparable, startKnown, unwantedWrites } from "../support/workspaces/round-trip.ts";

const STEP = 10;
const first = Number(process.env.FIRST_SEED ?? 1);
const seeds = Array.from({ length: Number(process.env.ROUND_TRIPS ?? 0) }, (_, index) => first + index).filter(
  (seed) => seed % STEP === 0,
);

/** The document without the line that names the server. */
async function exportTo(project: Project, url: string): Promise<string> {
  // The sandbox does not keep the content of files.
  const files = ["--exclude", "customEmojis", "--exclude", "customSounds"];
  const flags = ["--include", "*", ...files, "--details", "--passwords", "random", "--out", "workspace.yaml"];
  const { code, output } = await project.command("export", ...flags);
  expect(code, output).toBe(0);
  return readFileSync(path.join(project.folder, "workspace.yaml"), "utf8").replaceAll(url, "https://chat.example.test");
}

describe.skipIf(seeds.length === 0)("the commands", () => {
  it.each(seeds)(
    "export workspace %i, fit it onto its own server, and make another equal",
    { timeout: 600_000 },
    async (seed) => {
      const version = VERSIONS[(seed / STEP) % 2] ?? "8.6.1";
      const lab = new Lab();
      try {
        const [source, target] = [await startKnown(version), await startKnown(version)];
        for (const { server } of [source, target]) lab.closing(server);
        await fill(source.server.reader, { seed, version, crowd: 0 });
        const held = (server: typeof source) => server.truth().filter((line) => !/^(emojis|sounds) /.test(line));
        const before = held(source);
        const { secrets } = await exported(source.server.url, { include: ["*"], passwords: "random" });
        const values = Object.fromEntries(secrets.map(({ key, value }) => [key, String(value)]));

        const own = lab.project("embedded", source.server, "");
        const text = await exportTo(own, source.server.url);
        await own.configure({}, values);
        await source.server.forget();
        await own.succeed("up", "-f", "workspace.yaml");
        expect(await unwantedWrites(source.server)).toEqual([]);
        await own.succeed("preview", "-f", "workspace.yaml", "--expect-no-changes");
        expect(await exportTo(own, source.server.url)).toBe(text);
        expect(held(source)).toEqual(before);

        const other = lab.project("embedded", target.server, "");
        copyFileSync(path.join(own.folder, "workspace.yaml"), path.join(other.folder, "workspace.yaml"));
        await other.configure({}, values);
        await other.succeed("up", "-f", "workspace.yaml");
        await other.succeed("preview", "-f", "workspace.yaml", "--expect-no-changes");
        expect(comparable(await exportTo(other, target.server.url))).toBe(comparable(text));
        expect(held(target)).toEqual(before);
      } finally {
        await lab.close();
      }
    },
  );
});
