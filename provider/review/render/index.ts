/** The formats of a report by name. */
import type { Report } from "../report.ts";
import { asHtml } from "./html.ts";
import { asJson } from "./json.ts";
import { asMarkdown } from "./markdown.ts";
import { asText } from "./text.ts";

export const renderers = {
  text: asText,
  md: asMarkdown,
  json: asJson,
  html: asHtml,
} as const satisfies Record<string, (report: Report) => string>;

export type Format = keyof typeof renderers;
