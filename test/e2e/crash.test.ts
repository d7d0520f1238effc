/** Runs that are killed in the middle of a call: the next one completes them, with nothing lost and nothing made twice. */
import { describe, expect } from "vitest";
import { describeOnCli, type Engine } from "../support/engines.ts";
import type { Forwarder, Moment } from "../support/forwarder.ts";
import { Lab } from "../support/lab.ts";
import { descendants, killAllIn, type Running } from "../support/processes.ts";
import { programOf } from "../support/programs.ts";
import type { Project } from "../support/project.ts";
import type { Reader } from "../support/reader.ts";
import { scenario } from "../support/scenario.ts";
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

interface Kill {
  readonly nth: number;
  readonly moment: Moment;
  /** Ends what makes the calls. */
  readonly kill: (run: Running, project: Project) => void;
  /** What a person has to do before the next run. */
  readonly recover?: (project: Project) => Promise<unknown>;
  readonly flags?: readonly string[];
}

/** Starts a run, kills it at its nth write, and lets what was held be lost. False when the run ended before that write. */
async function killAt({ forwarder, project }: Site, verb: "up" | "destroy", { nth, moment, kill, flags = [] }: Kill) {
  const held = forwarder.hold(moment, nth, isWrite);
  const run = await project.begin(verb, ...flags);
  const reached = await Promise.race([held, run.done.then(() => undefined)]);
  if (reached === undefined) return false;
  kill(run, project);
  await run.done;
  forwarder.clear();
  return true;
}

/** Kills `up` at one write and checks what the next run makes of it. False when there is no such write. */
async function surviveKill(engine: Engine, kill: Kill): Promise<boolean> {
  const lab = new Lab();
  try {
    const site = await siteOn(lab, engine);
    const { project, reader } = site;
    if (!(await killAt(site, "up", kill))) return false;
    await kill.recover?.(project);
    const when = `killed ${kill.moment} write ${kill.nth}`;
    const again = await project.run("up");
    expect(again.code, `${when}:\n${again.output}`).toBe(0);
    expect(await inventory(reader), when).toEqual(THERE);
    expect(Object.keys(project.ids()).sort(), when).toEqual(Object.keys(THIRTY).sort());
    // Ids and inventory prove it already; the preview's own word costs a whole run, so it is asked for now and then.
    if (kill.nth % 8 === 0) {
      const preview = await project.run("preview", "--expect-no-changes");
      expect(preview.code, `${when}:\n${preview.output}`).toBe(0);
    }
    return true;
  } finally {
    await lab.close();
  }
}

/** The program's process ends by itself a moment later. */
const killRunner = (run: Running): void => run.kill("SIGKILL");

const killAll = (_run: Running, { folder }: Project): void => killAllIn(folder);

/** A sample with the program in its own process; test/faults/crash.test.ts goes through all moments without one. */
describe.concurrent("A run of the embedded runner that is killed", () => {
  for (const { what, kill, writes } of [
    { what: "alone", kill: killRunner, writes: [3, 29] },
    { what: "with its program", kill: killAll, writes: [24] },
  ]) {
    scenario(`${what} after writes ${writes} is completed by the next`, async () => {
      for (const nth of writes) expect(await surviveKill("embedded", { nth, moment: "after", kill })).toBe(true);
    });
  }

  scenario("before its write reached the server is completed by the next", async () => {
    expect(await surviveKill("embedded", { nth: 31, moment: "before", kill: killAll })).toBe(true);
  });

  scenario("while it destroys is completed by the next", async ({ lab }) => {
    const site = await siteOn(lab, "embedded");
    const { project, reader } = site;
    await project.succeed("up");
    for (const moment of ["after", "before", "after"] as const) {
      expect(await killAt(site, "destroy", { nth: 5, moment, kill: killRunner })).toBe(true);
    }
    await project.succeed("destroy");
    expect(project.ids()).toEqual({});
    expect(await reader.integrations()).toEqual([]);
    expect(await reader.tokens()).toEqual([]);
    const people = (await reader.users()).filter(({ username }) => username.startsWith("person"));
    expect(people.map(({ active }) => active)).toEqual(people.map(() => false));
    const rooms = (await reader.rooms()).filter(({ name }) => name.startsWith("room"));
    expect(rooms.map(({ archived }) => archived)).toEqual(rooms.map(() => true));
    expect(await reader.setting("Site_Name")).not.toBe("Thirty");
  });
});

/** Kills the process that the CLI starts for our provider. */
function killProvider(run: Running): void {
  const [provider] = descendants(run.pid, "dynamic-provider");
  if (provider === undefined) throw new Error("The Pulumi CLI has no dynamic provider process.");
  process.kill(provider, "SIGKILL");
}

async function cancel(project: Project): Promise<void> {
  const { code, output } = await project.pulumi("cancel", "--yes", "--stack", "dev");
  if (code !== 0) throw new Error(output);
}

describeOnCli("A run that one engine was killed in", () => {
  scenario(
    "is completed by the Pulumi CLI after the embedded runner, which then finds nothing to do",
    async ({ lab }) => {
      const site = await siteOn(lab, "embedded");
      const { project, reader } = site;
      expect(await killAt(site, "up", { nth: 12, moment: "after", kill: killRunner })).toBe(true);
      project.engine = "pulumi";
      await cancel(project);
      await project.succeed("up");
      expect(await inventory(reader)).toEqual(THERE);
      project.engine = "embedded";
      await project.succeed("preview", "--expect-no-changes");
      await project.succeed("up", "--expect-no-changes");
      expect(await inventory(reader)).toEqual(THERE);
    },
  );

  scenario(
    "is completed by the embedded runner after the Pulumi CLI, which then finds nothing to do",
    async ({ lab }) => {
      const site = await siteOn(lab, "pulumi");
      const { project, reader } = site;
      expect(await killAt(site, "up", { nth: 12, moment: "after", kill: killAll, flags: ["--parallel=1"] })).toBe(true);
      project.engine = "embedded";
      await project.succeed("up");
      expect(await inventory(reader)).toEqual(THERE);
      project.engine = "pulumi";
      await project.succeed("preview", "--expect-no-changes");
    },
  );
});

describeOnCli("A run of the Pulumi CLI", () => {
  for (const lane of [[5], [19]]) {
    scenario(`whose provider is killed after writes ${lane} is completed by the next`, async () => {
      for (const nth of lane) {
        expect(await surviveKill("pulumi", { nth, moment: "after", kill: killProvider })).toBe(true);
      }
    });
  }

  scenario("that is killed with all it started is completed by the next after `pulumi cancel`", async () => {
    // The CLI rewrites its state file in place: with one call at a time it is not killed in the middle of that.
    const flags = ["--parallel=1"];
    expect(await surviveKill("pulumi", { nth: 16, moment: "after", kill: killAll, recover: cancel, flags })).toBe(true);
  });
});
