/** A workspace document as a whole: read, overlaid, checked, in order; or every error in it at once. */
import { declarationsIn } from "./entries.ts";
import type { Entry } from "./entry.ts";
import { overlay } from "./overlay.ts";
import { DocumentError, type Problem } from "./problem.ts";
import { readTree } from "./read/files.ts";
import { type MapTree, typeName } from "./read/tree.ts";
import { type Dependencies, dependenciesIn, inOrder, withOwnIds } from "./references.ts";

export interface WorkspaceDocument {
  /** The workspace's, where the document gives it: of the component, and of a project without a program. */
  readonly name: string | undefined;
  /** Every entry after what it needs. */
  readonly entries: readonly Entry[];
  readonly dependencies: Dependencies;
  /** Names by kind that the document takes to be on the server. */
  readonly existing: ReadonlyMap<string, ReadonlySet<string>>;
  /** With overlays applied and includes in place. */
  readonly tree: MapTree;
  /** Every file that was read, absolute. */
  readonly files: readonly string[];
}

/**
 * Throws DocumentError. `overlays` are laid on in their order. `root`: the folder in which the resources' code runs, where
 * the paths in their inputs start. Reads documents, nothing else.
 */
export function loadDocument(
  file: string,
  overlays: readonly string[] = [],
  root: string = process.cwd(),
): WorkspaceDocument {
  const problems: Problem[] = [];
  const base = readTree(file);
  problems.push(...base.problems);
  const files = [...base.files];
  let tree = base.tree;
  for (const path of overlays) {
    const over = readTree(path);
    problems.push(...over.problems);
    files.push(...over.files);
    if (tree !== undefined && over.tree !== undefined) tree = overlay(tree, over.tree, problems);
  }
  // An export that failed leaves an empty file behind. Who means it writes `{}`.
  const isBlank = tree?.at.file.text.split("\n").every((line) => /^\s*(#|$)/.test(line));
  if (tree?.members.size === 0 && problems.length === 0 && isBlank) {
    const hint = "It would take away whatever is managed. If that is meant, say so with `pulumi-rocketchat destroy`.";
    problems.push({ message: "there is nothing in this document", at: tree.at, hint, hidesLine: true });
  }
  // What can't be read whole can't be judged whole: half of it would look like dangling names.
  if (tree === undefined || problems.length > 0) throw new DocumentError(problems);
  const { entries: found, existing } = declarationsIn(tree, root, problems);
  const declared = withOwnIds(found);
  const dependencies = dependenciesIn({ entries: declared, existing }, problems);
  const entries = inOrder(declared, dependencies, problems);
  const name = nameIn(tree, problems);
  if (problems.length > 0) throw new DocumentError(problems);
  return { name, entries, dependencies, existing, tree, files };
}

function nameIn(tree: MapTree, problems: Problem[]): string | undefined {
  const member = tree.members.get("name")?.value;
  if (member === undefined) return undefined;
  if (member.type === "scalar" && typeof member.value === "string" && member.value !== "") return member.value;
  problems.push({ message: `name: must be text, but is ${typeName(member)}`, at: member.at });
  return undefined;
}
