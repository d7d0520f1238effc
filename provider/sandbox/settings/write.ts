/** Writing settings: which exist, which values the bulk call accepts. Knows no route. */
import { failure } from "../core/failure.ts";
import type { State } from "../core/state.ts";
import { builtInSettings } from "../data/catalogue.ts";
import { packageValue } from "./read.ts";

/** Headings of the settings page are no settings. */
export function settingExists(state: State, id: string): boolean {
  const builtIn = builtInSettings(state.version)[id];
  return builtIn ? !builtIn.heading : state.settings[id]?.added !== undefined;
}

/** The server stores what it is sent; only the bulk call looks at types. */
export function writeSetting(state: State, id: string, value: unknown, editor: unknown, now: string): void {
  const known = state.settings[id];
  state.settings[id] = {
    ...(known?.added && { added: known.added }),
    value,
    ...(typeof editor === "string" && { editor }),
    _updatedAt: now,
  };
}

const kindOf = (value: unknown): string => (value === null ? "null" : Array.isArray(value) ? "array" : typeof value);

/** Throws the bulk call's own error where a value has another type than the setting's default; unknown ids count as texts. */
export function demandType(state: State, id: string, value: unknown): void {
  const usual = settingExists(state, id) ? kindOf(packageValue(state, id)) : "string";
  const wanted = usual === "boolean" || usual === "number" || usual === "array" ? usual : "string";
  if (kindOf(value) !== wanted) throw failure(`Match error: Expected ${wanted}, got ${kindOf(value)}`);
}
