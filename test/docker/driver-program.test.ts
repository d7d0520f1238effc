/** Programs with Docker resources: by the embedded runner alone, and in turns with the Pulumi CLI and its own provider. */
import { afterAll, beforeAll, describe, expect } from "vitest";
import { onPath, pulumiCli } from "../support/engines.ts";
import { nameOf, type Project } from "../support/project.ts";
import { scenario } from "../support/scenario.ts";
import { docker, dockerAnswers, makeImage, removeImage, serving, shell, uniqueName } from "./busybox.ts";
import { containerOf, projectOf, stateOf } from "./projects.ts";

const image = `${uniqueName()}:1`;

interface Wish {
  readonly memory?: number;
  readonly env?: string;
  readonly more?: string;
}

const program = ({ memory = 64, env = "A=1", more = "" }: Wish = {}) => `
import * as docker from "@pulumi/docker";
const net = new docker.Network("net");
const data = new docker.Volume("data");
const image = new docker.RemoteImage("image", { name: ${JSON.stringify(image)}, keepLocally: true });
export const web = new docker.Container("web", {
  image: image.imageId,
  command: ${JSON.stringify(serving)},
  networksAdvanced: [{ name: net.name, aliases: ["web", "a"] }],
  volumes: [{ volumeName: data.name, containerPath: "/data" }],
  uploads: [{ file: "/srv/page", content: "hello" }],
  envs: [${JSON.stringify(env)}, pulumi.secret("PASSWORD=sesame-sesame")],
  healthcheck: { tests: ${JSON.stringify(["CMD", ...shell("/bin/busybox wget -qO- http://web:3000/page")])}, interval: "200ms", retries: 50 },
  labels: [{ label: "z", value: "1" }, { label: "a", value: "2" }],
  restart: "unless-stopped", wait: true, memory: ${memory}, memorySwap: ${2 * memory}, destroyGraceSeconds: 5,
  ${more}
}).name;`;

/** Kinds of values instead of values: names and ids are each run's own. */
function shape(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shape);
  if (typeof value !== "object" || value === null) return value === null ? "null" : typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shape(item)]));
}

const shapes = (project: Project) =>
  Object.fromEntries(
    project.resources().map(({ urn, inputs, outputs, dependencies, propertyDependencies }) => {
      const parts = { inputs: shape(inputs), outputs: shape(outputs), notes: outputs?.__pulumi_raw_state_delta };
      // Their order is that in which promises settled.
      const after = [...((dependencies as string[] | undefined) ?? [])].sort();
      return [nameOf(urn), { ...parts, meta: outputs?.__meta, after, propertyDependencies }];
    }),
  );

describe.skipIf(!dockerAnswers)("A program with containers (skipped where no Docker Engine answers)", () => {
  beforeAll(() => makeImage(image));
  afterAll(() => removeImage(image));

  scenario("comes up, stays the same, and goes, its secrets sealed", async ({ lab }) => {
    const project = projectOf(lab, "embedded", program());
    expect((await project.succeed("preview")).stdout).toMatch(/\+ {2}docker:index:Container web create/);
    await project.succeed("up");
    const container = containerOf(project);
    const { Config, State } = await container.inspect();
    expect(State.Health?.Status).toBe("healthy");
    expect(Config.Env).toContain("PASSWORD=sesame-sesame");
    expect(project.files().filter(({ text }) => text.includes("sesame-sesame"))).toEqual([]);
    await project.succeed("preview", "--expect-no-changes");

    project.program(program({ env: "A=2" }));
    expect(await project.operations()).toEqual({ web: "replace" });
    const before = await container.inspect();
    await project.succeed("up");
    await expect(container.inspect()).rejects.toThrow(/no such container/i);
    await containerOf(project).remove({ force: true });
    expect(await project.drift()).toEqual({ web: "delete" });
    await project.succeed("up", "--refresh");

    const ids = ["net", "data"].map((name) => stateOf(project, name).id!);
    const last = containerOf(project);
    await project.succeed("destroy");
    await expect(last.inspect()).rejects.toThrow(/no such container/i);
    await expect(docker.getNetwork(ids[0]!).inspect()).rejects.toThrow(/not found/);
    await expect(docker.getVolume(ids[1]!).inspect()).rejects.toThrow(/no such volume/i);
    expect(before.Id).not.toBe(last.id);
  });

  scenario("is refused by name in the preview, where it asks for what the runner can't do", async ({ lab }) => {
    const project = projectOf(lab, "embedded", program({ more: 'gpus: "all",' }));
    const { code, output } = await project.run("preview");
    expect(code).toBe(1);
    expect(output).toContain(
      "docker:index/container:Container resource 'web': property gpus value {all} has a problem",
    );
    expect(output).toContain("The embedded runner doesn't support it; use the Pulumi CLI");
    project.program(
      'import * as docker from "@pulumi/docker"; new docker.Tag("t", { sourceImage: "a", targetImage: "b" });',
    );
    const other = await project.run("preview");
    expect(other.output).toMatch(/docker:index\/tag:Tag of the Docker package \(only Network, .*\) is not supported/);
  });

  scenario("fails with the container's last words, and is put right by the next run", async ({ lab }) => {
    const project = projectOf(lab, "embedded", "");
    const simple = (command: readonly string[]) => `
import * as docker from "@pulumi/docker";
new docker.Container("web", { image: ${JSON.stringify(image)}, command: ${JSON.stringify(command)}, wait: true, waitTimeout: 20,
  healthcheck: { tests: ["CMD", "/bin/busybox", "true"], interval: "100ms" } });`;
    project.program(simple(shell("echo no database here; exit 7")));
    const { code, output } = await project.run("up");
    expect(code).toBe(1);
    expect(output).toMatch(
      /did not become healthy: it ended with exit code 7\.\n\s+Its last log lines:\n\s+no database here/,
    );
    expect(stateOf(project, "web")).toMatchObject({ id: expect.any(String), initErrors: [expect.any(String)] });
    project.program(simple(serving));
    await project.succeed("up");
    expect((await containerOf(project).inspect()).State.Health?.Status).toBe("healthy");
    await project.succeed("preview", "--expect-no-changes");
    await project.succeed("destroy");
  });

  const official = pulumiCli && onPath("pulumi-resource-docker");
  describe.skipIf(!official)("beside the Pulumi CLI (skipped where it or its Docker provider is missing)", () => {
    scenario("leaves the same state, property by property", async ({ lab }) => {
      const [ours, theirs] = [projectOf(lab, "embedded", program()), projectOf(lab, "pulumi", program())];
      for (const project of [ours, theirs]) await project.succeed("up");
      expect(shapes(ours)).toEqual(shapes(theirs));
      for (const project of [ours, theirs]) await project.succeed("destroy");
    });

    scenario("takes turns with it", async ({ lab }) => {
      const project = projectOf(lab, "embedded", program());
      const same = async () => {
        for (const engine of ["pulumi", "embedded"] as const) {
          project.engine = engine;
          await project.succeed("preview", "--expect-no-changes");
        }
      };
      await project.succeed("up");
      await same();
      const { id } = stateOf(project, "web");
      project.engine = "pulumi";
      project.program(program({ memory: 96 }));
      await project.succeed("up");
      expect(stateOf(project, "web").id).toBe(id);
      await same();
      await containerOf(project).stop({ t: 1 });
      project.engine = "pulumi";
      await project.succeed("refresh");
      project.engine = "embedded";
      await project.succeed("up");
      expect(stateOf(project, "web").id).toBe(id);
      expect((await containerOf(project).inspect()).State.Running).toBe(true);
      await same();
      await containerOf(project).stop({ t: 1 });
      project.engine = "embedded";
      await project.succeed("refresh");
      project.engine = "pulumi";
      await project.succeed("up");
      expect((await containerOf(project).inspect()).State.Running).toBe(true);
      await same();
      project.engine = "pulumi";
      await project.succeed("destroy");
    });
  });
});
