/** The formats of a report by name. */
import type { Report } from "../report.ts";
import { asJson } from "./json.ts";
import { asText } from "./text.ts";

export const renderers = { text: asText, json: asJson } as const satisfies Record<string, (report: Report) => string>;

export type Format = keyof typeof renderers;
