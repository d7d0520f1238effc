/** Removes what containers may still hold on to: waits a little, then says who does. Knows no resource. */
import { RunnerError } from "../../errors.ts";
import { type Engine, found, persist } from "./engine.ts";

const MILLISECONDS = 30_000;

export interface Removal {
  /** As it begins a sentence: `The volume "data"`. */
  readonly what: string;
  readonly remove: () => Promise<unknown>;
  readonly isBusy: (error: unknown) => boolean;
  /** Names of the containers that use it. */
  readonly users: () => Promise<readonly string[]>;
}

/** What is gone already is no error. */
export async function removeUnused(engine: Engine, { what, remove, isBusy, users }: Removal): Promise<void> {
  try {
    await persist(engine, () => found(remove()), isBusy, MILLISECONDS);
  } catch (error) {
    if (!isBusy(error)) throw error;
    const names = await users();
    throw new RunnerError(`${what} is still in use by ${names.join(", ") || "a container"}, so it can't be removed.`, {
      hint: "Remove or disconnect the container that uses it, then run it again.",
      cause: error,
    });
  }
}
