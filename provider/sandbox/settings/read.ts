/** The value of a setting: what was written, else the release's default. Knows no route. */
import { createHash } from "node:crypto";
import { sha256Hex } from "../core/ids.ts";
import type { State } from "../core/state.ts";
import { builtInSettings } from "../data/catalogue.ts";

/** Secrets of a workspace follow from its `uniqueID`, so that they need no place in the state. */
function fill(text: string, state: State, siteUrl: string): string {
  return text.replace(/%%(\w+)(?::(\w+))?%%/g, (mark, kind: string, name: string) => {
    const seed = `${state.uniqueID}:${name}`;
    switch (kind) {
      case "siteUrl":
        return siteUrl;
      case "uniqueID":
        return state.uniqueID;
      case "hex":
        return sha256Hex(seed);
      case "id":
        return sha256Hex(seed).slice(0, 17);
      case "base64":
        return createHash("sha256").update(seed).digest("base64");
      default:
        return mark;
    }
  });
}

const filled = (value: unknown, state: State, siteUrl: string): unknown =>
  typeof value === "string" && value.includes("%%") ? fill(value, state, siteUrl) : value;

/** @param siteUrl the server's own address, which some defaults contain. */
export function settingValue(state: State, id: string, siteUrl = ""): unknown {
  const written = state.settings[id];
  return written ? written.value : filled(builtInSettings(state.version)[id]?.value, state, siteUrl);
}

export function packageValue(state: State, id: string, siteUrl = ""): unknown {
  const added = state.settings[id]?.added;
  return added ? added.packageValue : filled(builtInSettings(state.version)[id]?.packageValue, state, siteUrl);
}

export function settingNumber(state: State, id: string): number {
  const value = settingValue(state, id);
  return typeof value === "number" ? value : Number.NaN;
}

export const settingOn = (state: State, id: string): boolean => settingValue(state, id) === true;

export function settingText(state: State, id: string): string {
  const value = settingValue(state, id);
  return typeof value === "string" ? value : "";
}
