/** Public API: re-exports only. */
export * from "./errors.ts";
export * from "./kinds/index.ts";
