/** `stack ls`. */
import { listProjects, listStacks as namesOf, readSealedState, readSelectedStack } from "../../runner/state/index.ts";
import type { CommonOptions } from "../engine/manage.ts";
import { openWorkspace, type Workspace } from "../engine/workspace.ts";
import { ago, printJson, printLine, table } from "./print.ts";
import { lastUpdate } from "./state-facts.ts";

interface Options extends CommonOptions {
  readonly all?: boolean;
  readonly json?: boolean;
}

export async function listStacks({ all, json }: Options): Promise<void> {
  const workspace = await openWorkspace();
  const { project, backend, env } = workspace;
  const selected = await readSelectedStack(backend, project, env);
  const stacks = [];
  for (const owner of all ? await listProjects(backend) : [project.name])
    for (const name of await namesOf(backend, owner))
      stacks.push(await describe(workspace, owner, name, owner === project.name && name === selected));
  stacks.sort((a, b) => (a.name < b.name ? -1 : 1));
  if (json) {
    printJson(
      stacks.map(({ name, current, time, resourceCount }) => ({
        name,
        current,
        ...(time && { lastUpdate: time.toISOString() }),
        resourceCount,
      })),
    );
    return;
  }
  const rows = stacks.map(({ name, current, time, resourceCount }) => [
    current ? `${name}*` : name,
    time ? ago(time, new Date()) : "n/a",
    String(resourceCount),
  ]);
  printLine(table([["NAME", "LAST UPDATE", "RESOURCE COUNT"], ...rows]));
}

async function describe({ project, backend, keyring }: Workspace, owner: string, stack: string, current: boolean) {
  const state = await readSealedState(backend, owner, stack, keyring);
  const name = owner === project.name ? stack : `organization/${owner}/${stack}`;
  return { name, current, time: lastUpdate(state), resourceCount: state.resources.length };
}
