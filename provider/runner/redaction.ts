/**
 * Keeps the values of known secrets out of every text of a run: what stands in the configuration, in the state, or in what
 * the program declares marked as secret shows as [secret], however it got into a message. Knows no display.
 */
import type { Listener, RunEvent } from "./events.ts";
import { isSecret, type Resource } from "./state/index.ts";
import type { Properties } from "./values.ts";

const MASK = "[secret]";
/** Shorter ones would blot out half of a text, and give nothing away. */
const SHORTEST = 3;
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
  /** Forms of the secrets by their first characters, then by length: thousands of passwords may begin alike. */
  const forms = new Map<string, Map<number, Set<string>>>();
  /** Secrets whose forms aren't there yet: most runs have no text to clean. */
  const known = new Set(secrets);

  function remember(secret: string): void {
    for (const form of formsOf(secret)) {
      const lengths = at(forms, form.slice(0, SHORTEST), () => new Map<number, Set<string>>());
      at(lengths, form.length, () => new Set<string>()).add(form);
    }
  }

  /** Length of the longest secret that begins there; 0: none. */
  function lengthAt(text: string, from: number): number {
    const lengths = forms.get(text.slice(from, from + SHORTEST));
    if (lengths === undefined) return 0;
    const found = [...lengths].filter(([length, set]) => set.has(text.slice(from, from + length)));
    return Math.max(0, ...found.map(([length]) => length));
  }

  function read(value: unknown, secret = false): void {
    if (typeof value === "object" && value !== null) {
      if (isSecret(value)) read(value.value, true);
      else for (const key of Object.keys(value)) if (key !== "__provider") read((value as Properties)[key], secret);
    } else if (secret && (typeof value === "string" || typeof value === "number")) known.add(String(value));
  }

  function text(text: string): string {
    for (const secret of known) remember(secret);
    known.clear();
    if (forms.size === 0) return text;
    let clean = "";
    let from = 0;
    for (let index = 0; index <= text.length - SHORTEST; index++) {
      const length = lengthAt(text, index);
      if (length === 0) continue;
      clean += text.slice(from, index) + MASK;
      from = index + length;
      index = from - 1;
    }
    return from === 0 ? text : clean + text.slice(from);
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
  return new Set([
    ...whole.filter(({ length }) => length >= SHORTEST),
    ...(lines.length > 1 ? lines.filter(({ length }) => length >= SHORTEST_LINE) : []),
  ]);
}

function at<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key) ?? make();
  map.set(key, found);
  return found;
}
