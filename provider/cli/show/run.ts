/** A workspace document as it counts: includes in place, overlays laid on. Secrets stay the references that they are. */
import path from "node:path";
import { inputsOf } from "../../engine/check.ts";
import { rulesOf } from "../../engine/schema.ts";
import { text } from "../../exporter/write/yaml.ts";
import { loadDocument, type WorkspaceDocument } from "../../workspace/load.ts";
import type { Tree } from "../../workspace/read/tree.ts";
import { isAddress } from "../../workspace/values.ts";
import { documentGiven } from "../document/given.ts";

export interface ShowOptions {
  readonly cwd?: string;
  readonly file?: string;
  readonly overlay?: readonly string[];
  readonly names?: boolean;
}

/** Every value that is the path of a file. An entry's tree shares its values with the document's. */
function paths({ entries }: WorkspaceDocument): Set<Tree> {
  const found = new Set<Tree>();
  for (const { handler, tree } of entries) {
    const { shape } = inputsOf(handler);
    for (const [key, { value }] of tree.members) if (rulesOf(shape[key]).file) found.add(value);
  }
  return found;
}

/** The document in one piece, as YAML. Paths of files start at the folder of the main document, whichever file they stood in. */
export function shown(document: WorkspaceDocument): string {
  const files = paths(document);
  const folder = path.dirname(document.files[0] ?? ".");
  const plain = (tree: Tree): unknown => {
    if (tree.type === "list") return tree.items.map(plain);
    // A Map keeps the order of names that look like numbers.
    if (tree.type === "map") return new Map([...tree.members].map(([key, { value }]) => [key, plain(value)]));
    const { value } = tree;
    if (!files.has(tree) || typeof value !== "string" || isAddress(value) || path.isAbsolute(value)) return value;
    return path.relative(folder, path.resolve(tree.at.file.folder, value)).split(path.sep).join("/");
  };
  return document.tree.members.size === 0 ? "" : text(plain(document.tree));
}

export async function runShow(options: ShowOptions): Promise<void> {
  const document = loadDocument(documentGiven(options.file), options.overlay);
  const names = () => document.entries.map((entry) => `${entry.path}\n`).join("");
  process.stdout.write(options.names ? names() : shown(document));
}
