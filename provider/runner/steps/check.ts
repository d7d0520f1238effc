/** Lets a provider check inputs and tells about every failure. A value is only shown when nothing in it is secret. */
import { ReportedError } from "../errors.ts";
import type { Listener } from "../events.ts";
import type { Goal } from "../goal.ts";
import type { ResourceProvider } from "../providers/provider.ts";
import { hasSecret, type Properties } from "../values.ts";

export interface Checking {
  readonly goal: Goal;
  readonly urn: string;
  /** Undefined for what no provider manages: its inputs are right as they are. */
  readonly provider: ResourceProvider | undefined;
  readonly listener: Listener;
}

/** `olds`: the old inputs, empty for a new object. Rejects with ReportedError. */
export async function check(checking: Checking, olds: Properties, news: Properties): Promise<Properties> {
  const { goal, urn, provider, listener } = checking;
  if (!provider) return news;
  const { inputs, failures } = await provider.check(olds, news, urn);
  if (failures.length === 0) return inputs;
  for (const { property, reason } of failures) {
    const message = `${goal.type} resource '${goal.name}'${subject(property, news)}: ${reason}`;
    listener({ type: "diagnostic", severity: "error", urn, message });
  }
  throw new ReportedError(`check of ${urn} failed`);
}

function subject(property: string, news: Properties): string {
  if (property === "") return " has a problem";
  const value = news[property];
  const shown = value === undefined || hasSecret(value) ? "" : ` value {${text(value)}}`;
  return `: property ${property}${shown} has a problem`;
}

const text = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));
