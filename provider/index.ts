/** Public API: re-exports only. */
export * from "./components/index.ts";
export * from "./errors.ts";
export * from "./functions/index.ts";
export * from "./kinds/index.ts";
export * from "./webhooks/index.ts";
