/** Text into HTML: whatever is put into a template is escaped, unless it is HTML made by one. Knows no page. */
import { escapeHtml } from "../rooms/names.ts";

export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = Html | string | number | undefined | false | readonly Part[];

const render = (part: Part): string => {
  if (part instanceof Html) return part.text;
  if (Array.isArray(part)) return part.map(render).join("");
  if (part === undefined || part === false) return "";
  return escapeHtml(String(part));
};

/** Lists are put in one after the other; undefined and false leave nothing. */
export const html = (texts: TemplateStringsArray, ...parts: readonly Part[]): Html =>
  new Html(texts.map((text, i) => text + (i < parts.length ? render(parts[i]) : "")).join(""));
