/**
 * Keeps the values of known secrets out of every text of a run: what stands in the configuration, in the state, or in what
 * the program declares marked as secret shows as [secret], however it got into a message. Knows no display.
 */
import { HiddenTexts } from "../hidden-texts.ts";
import type { Listener, RunEvent } from "./events.ts";
import { isSecret, type Resource } from "./state/index.ts";
import type { Properties } from "./values.ts";

const MASK = "[secret]";
/** A line of a longer secret is recognised from this length on: its short ones are brackets and the like. */
const SHORTEST_LINE = 8;

export interface Redaction {
  /** Remembers whatever is marked as secret in a value, and nothing else of it. Costs little until there is a text. */
  learn(value: unknown): void;
  text(text: string): string;
  /** What reaches the listener is free of secrets; what passes is learnt from. */
  cleaning(listener: Listener): Listener;
}

/** `secrets`: texts that are secret as a whole. */
export function createRedaction(secrets: Iterable<string> = []): Redaction {
  const forms = new HiddenTexts(MASK);
  /** Secrets whose forms aren't there yet: most runs have no text to clean. */
  const known = new Set(secrets);

  function read(value: unknown, secret = false): void {
    if (typeof value === "object" && value !== null) {
      if (isSecret(value)) read(value.value, true);
      else for (const key of Object.keys(value)) if (key !== "__provider") read((value as Properties)[key], secret);
    } else if (secret && (typeof value === "string" || typeof value === "number")) known.add(String(value));
  }

  function text(text: string): string {
    for (const secret of known) for (const form of formsOf(secret)) forms.add(form);
    known.clear();
    return forms.mask(text);
  }

  function learnFrom(resource: Resource | undefined): void {
    read(resource?.inputs);
    read(resource?.outputs);
  }

  function filtered(event: RunEvent): RunEvent {
    // What stays as it was is known from the state.
    if ((event.type === "start" || event.type === "done") && event.step.op !== "same") learnFrom(event.step.next);
    return "message" in event ? { ...event, message: text(event.message) } : event;
  }

  return {
    learn: (value) => read(value),
    text,
    cleaning: (listener) => (event) => listener(filtered(event)),
  };
}

/** A secret as it may stand in a text: as it is, in JSON, in an address; and line by line, where a text is printed so. */
function formsOf(secret: string): Set<string> {
  const url = encodeURIComponent(secret.toWellFormed());
  const whole = [secret, JSON.stringify(secret).slice(1, -1), url, url.replaceAll("%20", "+")];
  const lines = secret.split(/\r?\n/).map((line) => line.trim());
  return new Set([...whole, ...(lines.length > 1 ? lines.filter(({ length }) => length >= SHORTEST_LINE) : [])]);
}
