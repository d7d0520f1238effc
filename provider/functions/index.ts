/** The look-ups, for programs. */
export * from "./channels.ts";
export * from "./connect-realtime.ts";
export * from "./integrations.ts";
export * from "./messages.ts";
export * from "./users.ts";
export * from "./workspace.ts";
