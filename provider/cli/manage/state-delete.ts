/** `state delete`: forgets resources, in the order of what depends on what. */

import { nearest } from "../../engine/near.ts";
import { openStack, type Resource, readSealedState, StateError } from "../../runner/state/index.ts";
import { isInteractive } from "../engine/ask.ts";
import { confirmByYes } from "../engine/confirm.ts";
import type { CommonOptions } from "../engine/manage.ts";
import { oneOf } from "../engine/one-of.ts";
import { existingStack, openWorkspace } from "../engine/workspace.ts";
import { printLine, warn } from "./print.ts";
import { nameOf } from "./state-facts.ts";

interface Options extends CommonOptions {
  readonly yes?: boolean;
  readonly force?: boolean;
  readonly targetDependents?: boolean;
}

export async function deleteStates(urns: readonly string[], options: Options): Promise<void> {
  const workspace = await openWorkspace();
  const { backend, project, keyring } = workspace;
  const stack = await existingStack(workspace, options.stack);
  const { salt } = await readSealedState(backend, project.name, stack, keyring);
  if (salt === undefined) throw noSuchResource(urns[0] ?? "", []);
  const store = await openStack({ backend, project: project.name, stack, keyring, salt, write: true });
  try {
    for (const warning of store.warnings) warn(warning);
    const resources = store.resources;
    const wanted: Resource[] = [];
    for (const urn of urns) wanted.push(await find(urn, resources));
    const going = withDependents(wanted, resources, options.targetDependents === true);
    for (const { urn } of going.filter(({ protect }) => protect)) {
      if (!options.force)
        throw new StateError(`${urn} is protected; the state is unchanged.`, { hint: "Pass --force to forget it." });
      warn(`Forgetting the protected resource ${urn}, for --force was given.`);
    }
    if (isInteractive()) await confirmByYes(options, "This command will edit your stack's state directly. Confirm?");
    await store.record({ remove: going });
    await store.save();
    printLine(going.length === 1 ? "Resource deleted" : "Resources deleted");
  } finally {
    await store.close();
  }
}

async function find(urn: string, resources: readonly Resource[]): Promise<Resource> {
  const found = resources.filter((resource) => resource.urn === urn);
  const [only] = found;
  if (!only) throw noSuchResource(urn, resources);
  if (found.length === 1) return only;
  if (!isInteractive())
    throw new StateError(
      `${urn} stands ${found.length} times in the state: replaced, its old objects are not deleted yet.`,
      {
        hint: "Run `pulumi-rocketchat up` to delete them, or run this command on a terminal to choose one.",
      },
    );
  const labels = found.map(({ id, delete: old }) => `${id ?? "no id"}${old ? " (pending deletion)" : ""}`);
  return found[labels.indexOf(await oneOf("Which of them?", labels))] ?? only;
}

function noSuchResource(urn: string, resources: readonly Resource[]): StateError {
  const urns = resources.map((resource) => resource.urn);
  const near = nearest(urn, urns, 3);
  const named = resources.filter((resource) => nameOf(resource) === urn).map((resource) => resource.urn);
  const likely = [...named, ...near];
  return new StateError(`There is no resource ${urn} in the state.`, {
    hint: `${likely.length > 0 ? `Did you mean ${likely.join(" or ")}? ` : ""}\`pulumi-rocketchat stack --show-urns\` lists them.`,
  });
}

/** What has to go together, dependents too; without leave to take them along their list is the error. */
function withDependents(wanted: readonly Resource[], all: readonly Resource[], together: boolean): Resource[] {
  const going = new Set(wanted);
  // An old object of a replaced URN can go while the new one holds the dependents.
  const urns = new Set(wanted.filter((resource) => !resource.delete).map(({ urn }) => urn));
  const providers = new Set(wanted.map(({ urn, id }) => `${urn}::${id ?? ""}`));
  const dependents: Resource[] = [];
  // The state is in dependency order, so one pass finds the dependents of dependents.
  for (const resource of all) {
    if (going.has(resource)) continue;
    const needs = [resource.parent, resource.deletedWith, ...(resource.dependencies ?? [])];
    needs.push(...Object.values(resource.propertyDependencies ?? {}).flatMap((list) => list ?? []));
    if (!needs.some((urn) => urn && urns.has(urn)) && !providers.has(resource.provider ?? "")) continue;
    dependents.push(resource);
    going.add(resource);
    urns.add(resource.urn);
    providers.add(`${resource.urn}::${resource.id ?? ""}`);
  }
  if (dependents.length > 0 && !together)
    throw new StateError(
      `These resources depend on what would be forgotten:\n${dependents.map(({ urn }) => `  * ${urn}`).join("\n")}`,
      { hint: "Forget them first, or pass --target-dependents. The state is unchanged." },
    );
  return [...going];
}
