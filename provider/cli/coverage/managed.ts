/** What a stack's state or a document manages, as it can be asked for live objects. Pure; sends nothing. */
import type { AnyHandler, Declared } from "../../engine/handler.ts";
import { kindOfType } from "../../kinds/base/loader.ts";
import { PEOPLE } from "../../kinds/channel/schema.ts";
import { handlers } from "../../kinds/handlers.ts";
import { type Resource, unwrap } from "../../runner/state/index.ts";
import type { WorkspaceDocument } from "../../workspace/load.ts";
import { naturalName } from "../../workspace/references.ts";

export interface Live {
  readonly id: string;
  readonly name: string;
}

export interface Managed {
  /** The declared inputs of the object, when there is one. */
  inputsFor(handler: AnyHandler, live: Live): Declared | undefined;
}

/** What lives in this very workspace: ids of settings, for one, are the same in every other. */
export function managedByState(resources: readonly Resource[], workspaceId: string): Managed {
  const found = new Map<string, Declared>();
  for (const resource of resources) {
    const { type, id, inputs = {}, outputs } = resource;
    const handler = handlers.get(kindOfType(type) ?? "");
    const isGone = resource.delete === true || resource.pendingReplacement === true;
    if (handler === undefined || id === undefined || isGone || resource.external === true) continue;
    const home = unwrap(outputs?.workspaceId);
    if (home === undefined || home === workspaceId) found.set(`${handler.kind} ${id}`, inputs);
  }
  return { inputsFor: ({ kind }, { id }) => found.get(`${kind} ${id}`) };
}

/** `state`: for kinds whose objects have no name of their own on the server. */
export function managedByDocument({ entries }: WorkspaceDocument, state: Managed | undefined): Managed {
  const found = new Map<string, Declared>();
  for (const entry of entries) {
    const { ownId } = entry.handler.schema.document;
    const name = ownId === undefined ? naturalName(entry) : String(entry.inputs[ownId]);
    found.set(`${entry.handler.kind} ${name}`, entry.inputs);
  }
  return {
    inputsFor: (handler, live) =>
      hasName(handler) ? found.get(`${handler.kind} ${live.name}`) : state?.inputsFor(handler, live),
  };
}

/** False where only the state knows which object is meant. */
export const hasName = ({ schema }: AnyHandler): boolean =>
  schema.document.keys.length > 0 || schema.document.ownId !== undefined;

/** Whom a room's own lists manage: these usernames, or with "exact" whoever is in it. */
export function peopleOf(inputs: Declared): ReadonlySet<string> | "all" {
  const lists = Object.keys(PEOPLE).flatMap((key) => {
    const list = unwrap(inputs[key]);
    return Array.isArray(list) ? [list] : [];
  });
  if (inputs.membership === "exact" && Array.isArray(unwrap(inputs.members))) return "all";
  return new Set(lists.flat().map((username) => String(unwrap(username))));
}
