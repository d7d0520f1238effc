/** Hides known secret values in text that is about to be printed. Knows nothing of where they come from. */
import { HiddenTexts, SHORTEST } from "../hidden-texts.ts";

const MASK = "[hidden]";

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`).replace(/&#38;/g, "&amp;");

/** The forms in which a value can come back: as it is, in JSON, in a URL, HTML-escaped (as the server does in errors). */
const formsOf = (secret: string): string[] => [
  secret,
  JSON.stringify(secret).slice(1, -1),
  encodeURIComponent(secret.toWellFormed()),
  escapeHtml(secret),
  escapeHtml(secret).replace(/&#60;/g, "&lt;").replace(/&#62;/g, "&gt;").replace(/&#34;/g, "&quot;"),
];

export class Redactor {
  private readonly secrets = new Set<string>();
  private readonly forms = new HiddenTexts(MASK);

  /** Values of fewer than three characters are left alone: they appear by chance in any text. */
  hide(secret: string): void {
    if (secret.length < SHORTEST || this.secrets.has(secret)) return;
    this.secrets.add(secret);
    for (const form of formsOf(secret)) this.forms.add(form);
  }

  redact(text: string): string {
    return this.forms.mask(text);
  }

  /** The same for every string inside a plain value, keys included. */
  redactDeep(value: unknown): unknown {
    if (typeof value === "string") return this.redact(value);
    if (Array.isArray(value)) return value.map((item) => this.redactDeep(item));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [this.redact(key), this.redactDeep(item)]));
  }
}
