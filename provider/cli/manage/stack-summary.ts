/** `stack`: one stack's resources and outputs. */
import { hostname } from "node:os";
import { type Resource, readSealedState } from "../../runner/state/index.ts";
import type { CommonOptions } from "../engine/manage.ts";
import { existingStack, openWorkspace } from "../engine/workspace.ts";
import { ago, printLine, table } from "./print.ts";
import { outputsText, readOutputs } from "./stack-output.ts";
import { engineVersion, lastUpdate, lastUpdateText, nameOf } from "./state-facts.ts";

interface Options extends CommonOptions {
  readonly showIds?: boolean;
  readonly showUrns?: boolean;
  readonly showName?: boolean;
  readonly showSecrets?: boolean;
}

export async function showStack(options: Options): Promise<void> {
  const workspace = await openWorkspace();
  const stack = await existingStack(workspace, options.stack);
  if (options.showName) return printLine(stack);
  const state = await readSealedState(workspace.backend, workspace.project.name, stack, workspace.keyring);
  const time = lastUpdate(state);
  const lines = [`Current stack is ${stack}:`, `    Managed by ${hostname()}`];
  if (time) lines.push(`    Last updated: ${ago(time, new Date())} (${lastUpdateText(state)})`);
  const version = engineVersion(state);
  if (version) lines.push(`    Pulumi version used: ${version}`);
  if (state.pending.length > 0) lines.push(`    Operations that were cut off: ${state.pending.length}`);
  lines.push(`Current stack resources (${state.resources.length}):`);
  lines.push(
    state.resources.length > 0
      ? table([["TYPE", "NAME"], ...tree(state.resources, options)], "    ")
      : "    No resources currently in this stack",
  );
  lines.push("", outputsText(await readOutputs(workspace, stack, options.showSecrets === true)), "");
  lines.push("Use `pulumi-rocketchat stack select` to change stack; `pulumi-rocketchat stack ls` lists known ones");
  printLine(lines.join("\n"));
}

/** Rows of a tree by parent. Resources without a parent stand below the stack, as the CLI draws them. */
function tree(resources: readonly Resource[], { showIds, showUrns }: Options): string[][] {
  const [root] = resources.filter(({ parent, type }) => !parent && type === "pulumi:pulumi:Stack");
  const orphans = resources.filter((resource) => resource !== root && !resource.parent);
  const childrenOf = (urn: string) => [
    ...resources.filter(({ parent }) => parent === urn),
    ...(urn === root?.urn ? orphans : []),
  ];
  const rows: string[][] = [];
  const visit = (resource: Resource, lead: string, branch: string, below: string) => {
    const children = childrenOf(resource.urn);
    rows.push([lead + branch + resource.type, nameOf(resource)]);
    const detail = `${lead}${below}${children.length > 0 ? "│  " : "   "}`;
    if (showUrns) rows.push([`${detail}URN: ${resource.urn}`]);
    if (showIds && resource.id) rows.push([`${detail}ID: ${resource.id}`]);
    for (const [i, child] of children.entries()) {
      const isLast = i === children.length - 1;
      visit(child, lead + below, isLast ? "└─ " : "├─ ", isLast ? "   " : "│  ");
    }
  };
  if (root) visit(root, "", "", "");
  else for (const resource of orphans) visit(resource, "", "", "");
  return rows;
}
