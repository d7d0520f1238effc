/** What the official provider made of a program, on a real engine, and what that engine said of it: recorded. */
import { readFileSync } from "node:fs";
import path from "node:path";

type Properties = Record<string, unknown>;

interface Seen {
  readonly inputs: Properties;
  readonly outputs: Properties;
  /** The engine's inspection of the object. */
  readonly engine: Properties;
}

export interface Recorded extends Seen {
  readonly name: string;
  readonly type: string;
  readonly id: string;
  /** After one container was stopped by hand. */
  readonly refreshed: Seen;
}

const file = path.join(import.meta.dirname, "../../../../fixtures/docker/plugin-states.json");

export const pluginStates = JSON.parse(readFileSync(file, "utf8")) as Recorded[];

export const recorded = (name: string): Recorded => pluginStates.find((state) => state.name === name)!;

/** As the program gave them: without what the provider wrote into them. */
export function givenInputs(inputs: Properties): Properties {
  const defaults = inputs.__defaults as string[];
  const entries = Object.entries(inputs)
    .filter(([key]) => key !== "__defaults" && !defaults.includes(key))
    .map(([key, value]) => [key, nested(value)] as const);
  return Object.fromEntries(entries);
}

function nested(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(nested);
  if (typeof value !== "object" || value === null) return value;
  return "__defaults" in value ? givenInputs(value as Properties) : value;
}
