/** What the commands tell of a state without opening its secrets. */
import { isSecret, type Resource, type SealedState } from "../../runner/state/index.ts";

interface Manifest {
  readonly time?: string;
  readonly version?: string;
}

function manifestOf({ rest }: SealedState): Manifest | undefined {
  return (rest.checkpoint as { latest?: { manifest?: Manifest } | null } | undefined)?.latest?.manifest;
}

/** As it stands in the state; undefined for one that was never updated. */
export function lastUpdateText(state: SealedState): string | undefined {
  return manifestOf(state)?.time || undefined;
}

export function lastUpdate(state: SealedState): Date | undefined {
  const time = new Date(lastUpdateText(state) ?? "");
  return Number.isNaN(time.getTime()) || time.getTime() <= 0 ? undefined : time;
}

export function engineVersion(state: SealedState): string | undefined {
  return manifestOf(state)?.version || undefined;
}

export const isStack = ({ type }: Resource): boolean => type === "pulumi:pulumi:Stack";

export function nameOf({ urn }: Resource): string {
  return urn.split("::").slice(3).join("::");
}

/** The same with `[secret]` in the place of every secret. */
export function masked(value: unknown): unknown {
  if (isSecret(value)) return "[secret]";
  if (Array.isArray(value)) return value.map(masked);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, masked(item)]));
}
