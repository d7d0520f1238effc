/**
 * Keeps the state, before a change is answered: in one file (temp file, fsync and rename, so that a killed process loses
 * nothing that it confirmed) or wherever the caller puts it. Knows no HTTP.
 */
import { chmodSync, readFileSync } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { InputError } from "../../errors.ts";
import { freshState } from "./fresh.ts";
import { type State, VERSIONS, type Version } from "./state.ts";

const EMPTY = Object.fromEntries(
  Object.entries(freshState("8.6.1"))
    .filter(([, part]) => typeof part === "object")
    .map(([name]) => [name, {}]),
);

/** @returns undefined when there is no such file yet. */
export function loadState(file: string, version: Version | undefined): State | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === "ENOENT") return undefined;
    throw new InputError(`The sandbox's file ${file} can't be read: ${message}`, {
      cause,
      hint: "Give another --file, or make this one readable.",
    });
  }
  let state: Partial<State>;
  try {
    state = JSON.parse(text) as Partial<State>;
  } catch (cause) {
    throw corrupt(file, "it isn't JSON", cause);
  }
  if (typeof state !== "object" || state === null || state.format !== 1 || !state.users || !state.rooms)
    throw corrupt(file, "it doesn't hold a sandbox workspace");
  if (!VERSIONS.includes(state.version as Version)) throw corrupt(file, `it names an unknown version`);
  if (version !== undefined && state.version !== version) {
    throw new InputError(`The sandbox's file ${file} holds a workspace of ${state.version}, not of ${version}.`, {
      hint: `Leave out --version, or give another --file.`,
    });
  }
  // collections that a newer sandbox knows and the file doesn't are empty
  return { ...EMPTY, ...state } as State;
}

function corrupt(file: string, why: string, cause?: unknown): InputError {
  return new InputError(`The sandbox's file ${file} is damaged: ${why}.`, {
    cause,
    hint: "Move it away to start with a fresh workspace, or give another --file.",
  });
}

/** A workspace that is kept elsewhere than in a file. */
export interface Keeper {
  /** What to begin with. */
  readonly state: State;
  /** Resolves when the state is kept; one call at a time. */
  save(state: State): Promise<void>;
}

export class Store {
  readonly #save: () => Promise<void>;
  #running: Promise<void> | undefined;
  #queued: Promise<void> | undefined;

  constructor(save: () => Promise<void>) {
    this.#save = save;
  }

  /** Resolves when everything up to now is kept. Calls that come meanwhile share one write. */
  save(): Promise<void> {
    if (!this.#running) {
      this.#running = this.#save().finally(() => {
        this.#running = undefined;
      });
      return this.#running;
    }
    this.#queued ??= this.#running
      .catch(() => undefined)
      .then(() => {
        this.#queued = undefined;
        return this.save();
      });
    return this.#queued;
  }
}

export async function writeState(file: string, state: State): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    const handle = await open(temporary, "w", 0o600);
    try {
      await handle.writeFile(`${JSON.stringify(state)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    chmodSync(temporary, 0o600);
    await rename(temporary, file);
  } catch (cause) {
    await rm(temporary, { force: true });
    throw new InputError(`The sandbox's file ${file} can't be written: ${(cause as Error).message}`, {
      cause,
      hint: "Give a --file in a directory that exists and is writable.",
    });
  }
}
