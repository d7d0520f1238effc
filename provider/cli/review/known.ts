/** What a saved plan's stack holds, for the names of what the plan refers to by id. Looks into the state's folder, where there is one; opens no secret. */
import type { Known } from "../../review/names.ts";
import type { StackOfPlan } from "../../review/preview.ts";
import * as state from "../../runner/state/index.ts";
import { openWorkspace } from "../engine/workspace.ts";

/** Empty where the state is elsewhere, or another project is in this folder: names are then those of the program. */
export async function knownOf(
  { project, stack }: StackOfPlan,
  document: string | undefined,
): Promise<readonly Known[]> {
  try {
    const workspace = await openWorkspace(document);
    if (workspace.project.name !== project) return [];
    // A journal could only be read with the passphrase.
    if (await state.hasJournal(workspace.backend, project, stack)) return [];
    const { resources } = await state.readSealedState(workspace.backend, project, stack, workspace.keyring);
    return resources;
  } catch {
    return [];
  }
}
