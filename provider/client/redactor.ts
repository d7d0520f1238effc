/** Hides known secret values in text that is about to be printed. Knows nothing of where they come from. */

/** Shorter values appear by chance in any text: hiding them would only make messages unreadable. */
const SHORTEST = 3;
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
  private readonly forms = new Set<string>();
  private pattern: RegExp | undefined;

  /** Values of fewer than three characters are left alone. */
  hide(secret: string): void {
    if (secret.length < SHORTEST || this.forms.has(secret)) return;
    for (const form of formsOf(secret)) this.forms.add(form);
    this.pattern = undefined;
  }

  redact(text: string): string {
    if (this.forms.size === 0) return text;
    if (this.pattern === undefined) {
      // Longest first: a secret that contains another one must go as a whole.
      const longestFirst = [...this.forms].sort((a, b) => b.length - a.length);
      this.pattern = new RegExp(
        longestFirst.map((form) => form.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&")).join("|"),
        "g",
      );
    }
    return text.replace(this.pattern, MASK);
  }

  /** The same for every string inside a plain value, keys included. */
  redactDeep(value: unknown): unknown {
    if (typeof value === "string") return this.redact(value);
    if (Array.isArray(value)) return value.map((item) => this.redactDeep(item));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [this.redact(key), this.redactDeep(item)]));
  }
}
