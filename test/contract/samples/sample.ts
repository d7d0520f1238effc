/** What the contract suite is told of a kind. */
import type { Properties, Workspace } from "../workspace.ts";

export interface Edit {
  readonly field: string;
  readonly to: unknown;
  /** What a change of the field does. Default: update. */
  readonly means?: "update" | "replace" | "nothing";
  /** Calls that change something. Default 1. */
  readonly writes?: number;
  /** Changed together with it, where the field alone would be refused. */
  readonly beside?: Properties;
}

export interface Sample {
  /** Objects that must be there first. */
  prepare?(workspace: Workspace): Promise<Properties>;
  base(prepared: Properties): Properties;
  readonly edits: readonly Edit[];
  /** Fields left out on purpose, each with the reason. */
  readonly unedited: Readonly<Record<string, string>>;
  /** Values that must never be seen. */
  readonly secrets: readonly string[];
  /** The default of `onDestroy` leaves the object there. */
  readonly survives?: boolean;
  /** It can't be taken away: the server always has it. */
  readonly permanent?: boolean;
  /** A second create of the same takes the existing one (edges, settings). */
  readonly shared?: boolean;
}
