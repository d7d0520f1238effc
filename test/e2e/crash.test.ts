/** Runs that are killed in the middle of a call: the next one completes them, with nothing lost and nothing made twice. */
import { describe, expect } from "vitest";
import { describeOnCli, type Engine } from "../support/engines.ts";
import type { Forwarder, Moment } from "../support/forwarder.ts";
import { descendants, killAllIn, type Running } from "../support/processes.ts";
import { programOf } from "../support/programs.ts";
import type { Project } from "../support/project.ts";
import type { Reader } from "../support/reader.ts";
import { Lab, scenario } from "../support/scenario.ts";
import { inventory, THERE, THIRTY } from "../support/thirty.ts";

interface Site {
  readonly forwarder: Forwarder;
  readonly reader: Reader;
  readonly project: Project;
}

async function siteOn(lab: Lab, engine: Engine): Promise<Site> {
  const server = await lab.server();
  const forwarder = await lab.forwarder(server.url);
  return { forwarder, reader: server.reader, project: lab.project(engine, forwarder, programOf(THIRTY)) };
}

/** Writes only: what is read before them changes nothing that a kill could lose. */
const isWrite = (method: string, path: string) => method !== "GET" && !/login|logout/.test(path);

/** Runs `up` to its nth write, kills, and lets what was held be lost. False when the run ended before that write. */
async function killAt(site: Site, nth: number, moment: Moment, kill: (up: Running) => void): Promise<boolean> {
  const held = site.forwarder.hold(moment, nth, isWrite);
  const up = await site.project.begin("up");
  const reached = await Promise.race([held, up.done.then(() => undefined)]);
  if (reached === undefined) return false;
  kill(up);
  await up.done;
  site.forwarder.clear();
  return true;
}

/** Kills at one write and checks what the next run makes of it. False when there is no such write. */
async function surviveKill(
  engine: Engine,
  nth: number,
  moment: Moment,
  kill: (up: Running, project: Project) => void,
  recover: (project: Project) => Promise<unknown> = async () => {},
): Promise<boolean> {
  const lab = new Lab();
  try {
    const site = await siteOn(lab, engine);
    const { project, reader } = site;
    if (!(await killAt(site, nth, moment, (up) => kill(up, project)))) return false;
    await recover(project);
    const when = `killed ${moment} write ${nth}`;
    const again = await project.run("up");
    expect(again.code, `${when}:\n${again.output}`).toBe(0);
    expect(await inventory(reader), when).toEqual(THERE);
    expect(Object.keys(project.ids()).sort(), when).toEqual(Object.keys(THIRTY).sort());
    const preview = await project.run("preview", "--expect-no-changes");
    expect(preview.code, `${when}:\n${preview.output}`).toBe(0);
    return true;
  } finally {
    await lab.close();
  }
}

/** More than the program can have; reaching it would mean that the loop below did not end by itself. */
const TOO_MANY = 200;

describe.concurrent("A run of the embedded runner that is killed", () => {
  // Lanes run side by side; together they kill at every write, in turns before the server sees it and after it has acted.
  for (const lane of [0, 1, 2]) {
    scenario(`at write ${lane + 1} and every third after it is completed by the next`, async () => {
      let nth = lane + 1;
      while (nth < TOO_MANY && (await surviveKill("embedded", nth, "after", (up) => up.kill("SIGKILL")))) nth += 3;
      expect(nth).toBeGreaterThan(30);
      expect(nth).toBeLessThan(TOO_MANY);
    });
  }

  scenario("before its call reached the server is completed by the next", async () => {
    for (const nth of [1, 8, 20, 31]) {
      expect(await surviveKill("embedded", nth, "before", (up) => up.kill("SIGKILL"))).toBe(true);
    }
  });
});

/** The process that the CLI starts for our provider. */
function killProvider(up: Running): void {
  const [provider] = descendants(up.pid, "dynamic-provider");
  if (provider === undefined) throw new Error("The Pulumi CLI has no dynamic provider process.");
  process.kill(provider, "SIGKILL");
}

describeOnCli("A run of the Pulumi CLI", () => {
  for (const lane of [
    [2, 9, 16, 23, 30],
    [5, 12, 19, 26, 33],
  ]) {
    scenario(`whose provider is killed at writes ${lane} is completed by the next`, async () => {
      for (const nth of lane) expect(await surviveKill("pulumi", nth, "after", killProvider)).toBe(true);
    });
  }

  scenario("that is killed with all it started is completed by the next after `pulumi cancel`", async () => {
    const killAll = (_up: Running, project: Project) => killAllIn(project.folder);
    const cancel = async (project: Project) => {
      const { code, output } = await project.pulumi("cancel", "--yes", "--stack", "dev");
      if (code !== 0) throw new Error(output);
    };
    for (const nth of [3, 11, 22, 31]) expect(await surviveKill("pulumi", nth, "after", killAll, cancel)).toBe(true);
  });
});
