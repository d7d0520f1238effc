/** The sections of a document and the kinds behind them, out of the kinds' own schemas. */
import type { AnyHandler } from "../engine/handler.ts";
import { handlers } from "../kinds/handlers.ts";

export const sections: ReadonlyMap<string, AnyHandler> = new Map(
  [...handlers.values()].map((handler) => [handler.schema.document.section, handler]),
);

/** Keys of a document that are no section. */
export const WORDS = ["$schema", "name", "include", "defaults", "existing"] as const;

export const topLevelKeys: readonly string[] = [...WORDS, ...sections.keys()];
