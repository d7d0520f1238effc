/** Files that a document names beside itself: emoji, sounds, uploads. Says which are not there. */
import { statSync } from "node:fs";
import path from "node:path";
import { inputsOf } from "../engine/check.ts";
import { rulesOf } from "../engine/schema.ts";
import type { Entry } from "./entry.ts";
import type { Problem } from "./problem.ts";
import { unreadable } from "./read/files.ts";
import { isAddress } from "./values.ts";

function faultOf(file: string): NodeJS.ErrnoException | undefined {
  try {
    return statSync(file).isDirectory() ? Object.assign(new Error("a folder"), { code: "EISDIR" }) : undefined;
  } catch (error) {
    return error as NodeJS.ErrnoException;
  }
}

export function* missingFiles(entries: readonly Entry[]): Generator<Problem> {
  for (const { handler, tree, path: entry } of entries) {
    for (const [input, type] of Object.entries(inputsOf(handler).shape)) {
      const value = rulesOf(type).file ? tree.members.get(input)?.value : undefined;
      if (value?.type !== "scalar" || typeof value.value !== "string" || isAddress(value.value)) continue;
      const file = path.resolve(value.at.file.folder, value.value);
      const fault = faultOf(file);
      if (fault !== undefined)
        yield { message: `${entry}.${input}: ${unreadable(file, value.value, fault)}`, at: value.at };
    }
  }
}
