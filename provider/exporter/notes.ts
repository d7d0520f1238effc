/** Collects what an export could not tell: one line for each reason, not one for each object. Knows no server. */
import type { AnyHandler } from "../engine/handler.ts";
import type { Note } from "./model.ts";

/** Names that a line shows. */
const SHOWN = 5;

export class Notes {
  private readonly byLine = new Map<string, { section: string; text: string; names: string[] }>();

  add(handler: AnyHandler, text: string, name?: string): void {
    const { section } = handler.schema.document;
    const key = `${section} ${text}`;
    const note = this.byLine.get(key) ?? { section, text, names: [] };
    if (name !== undefined) note.names.push(name);
    this.byLine.set(key, note);
  }

  all(): Note[] {
    return [...this.byLine.values()];
  }
}

/** `users: left out: email: is required (bot-1, bot-2 and 3 more)` */
export function noteLine({ section, text, names }: Note): string {
  if (names.length === 0) return `${section}: ${text}`;
  const shown = names.slice(0, SHOWN).join(", ");
  const more = names.length > SHOWN ? ` and ${names.length - SHOWN} more` : "";
  return `${section}: ${text} (${shown}${more})`;
}
