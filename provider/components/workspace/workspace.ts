/** The component that programs use for a workspace document: each object in it is a child resource. */
import * as pulumi from "@pulumi/pulumi";
import { environmentValue } from "../../engine/connection.ts";
import type { RocketChatResource } from "../../kinds/base/resource.ts";
import * as kinds from "../../kinds/index.ts";
import type { Entry } from "../../workspace/entry.ts";
import { loadDocument } from "../../workspace/load.ts";
import { childName, WORKSPACE_TYPE } from "../../workspace/names.ts";
import { DocumentError } from "../../workspace/problem.ts";
import { fillSecrets } from "../../workspace/secrets.ts";

export interface WorkspaceArgs {
  /** Path of the document, from the program's folder. */
  file: string;
  /** Paths of overlays, laid on in their order. Default: none. */
  overlays?: readonly string[];
}

type ResourceClass = new (name: string, args: object, opts: pulumi.CustomResourceOptions) => RocketChatResource;

/** A child's class bears its kind's name. */
const classOf = ({ handler }: Entry): ResourceClass =>
  (kinds as unknown as Record<string, ResourceClass>)[handler.kind] as ResourceClass;

/** A faulty document is a mistake of its author: the program ends with the messages, without a stack trace. */
function told<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof DocumentError) throw new pulumi.RunError(error.message);
    throw error;
  }
}

/**
 * A whole workspace out of a document: users, rooms, integrations, settings by their names, without a program.
 *
 * @example Smallest
 * ```ts
 * new rocketchat.Workspace("acme", { file: "workspace.yaml" });
 * ```
 *
 * @example One document, several environments
 * ```ts
 * const stack = pulumi.getStack();
 * const acme = new rocketchat.Workspace("acme", { file: "workspace.yaml", overlays: [`overlay.${stack}.yaml`] });
 * export const alice = acme.resource("users", "alice");
 * ```
 *
 * References between objects become dependencies. A document that can't be used ends the program with every error in it, each with
 * file, line and column; nothing is changed then. Secrets come from the stack's configuration (`{ secret: key }`) or the environment
 * (`{ env: NAME }`).
 */
export class Workspace extends pulumi.ComponentResource {
  private readonly children = new Map<string, RocketChatResource>();

  constructor(name: string, args: WorkspaceArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super(WORKSPACE_TYPE, name, {}, opts);
    const document = told(() => loadDocument(args.file, args.overlays));
    const config = new pulumi.Config();
    const env = (variable: string) => {
      const value = environmentValue(variable);
      return value === undefined ? undefined : pulumi.secret(value);
    };
    const filled = told(() => fillSecrets(document.entries, { config: (key) => config.getSecret(key), env }));
    for (const entry of document.entries) {
      const needed = [...(document.dependencies.get(entry) ?? [])].map(({ path }) => this.children.get(path));
      const resource = new (classOf(entry))(childName(name, entry.name), filled.get(entry) ?? {}, {
        parent: this,
        dependsOn: needed.filter((found) => found !== undefined),
        ...(entry.was !== undefined && { aliases: [{ name: childName(name, entry.was) }] }),
      });
      this.children.set(entry.path, resource);
    }
    this.registerOutputs({});
  }

  /** The child of a section by its keys in the document: `resource("channelMembers", "general", "alice")`. */
  resource(section: string, ...keys: string[]): RocketChatResource | undefined {
    return this.children.get([section, ...keys].join("."));
  }
}
