/** What to do about a value of the wrong form, for people who write a document by hand. Knows no kinds. */
import type { Tree } from "./read/tree.ts";

/** Names that were written as a list. */
export function hintForNames(tree: Tree): string | undefined {
  if (tree.type !== "list") return undefined;
  const [first] = tree.items;
  const [member] = first?.type === "map" ? first.members.values() : [];
  const name = first?.type === "map" ? member?.value : first;
  const example = name?.type === "scalar" && name.value !== null ? `${name.value}` : "name";
  return `Write each name with a colon after it, without dash or brackets: \`${example}:\`.`;
}

/** A key without the space that makes it one. */
export function hintForArguments(tree: Tree): string | undefined {
  const [, key] = (tree.type === "scalar" && /^(\w+):\S/.exec(String(tree.value))) || [];
  return key === undefined ? undefined : `A space belongs after the colon: \`${key}: …\`.`;
}

/** Numbers where a text is wanted, and single values where a list is. */
export function hintForValue(reason: string, tree: Tree | undefined): string | undefined {
  if (tree === undefined) return undefined;
  if (
    reason.includes("must be a string") &&
    tree.type === "scalar" &&
    tree.value !== null &&
    typeof tree.value !== "string"
  )
    return `Put it into quotes: "${tree.value}".`;
  if (!reason.includes("must be a list")) return undefined;
  if (tree.type === "map") return `Write it in brackets: [${[...tree.members.keys()].slice(0, 3).join(", ")}].`;
  return tree.type === "scalar" && tree.value !== null ? `Write it in brackets: [${tree.value}].` : undefined;
}

/** A check's words in those of YAML: what programs call an object is a map here. */
export const inWordsOfYaml = (reason: string): string =>
  reason.replace(/(must be|but is) an object/g, "$1 a map").replace(/must be a string/g, "must be text");
