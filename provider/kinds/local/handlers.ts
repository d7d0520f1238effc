/** Every local resource by name: the one place where the provider process finds them. */
import type { LocalHandler } from "./contract.ts";
import { generatedPasswordHandler } from "./generated-password.ts";
import { serverVersionHandler } from "./server-version.ts";

const all: readonly LocalHandler[] = [generatedPasswordHandler, serverVersionHandler];

export const localHandlers: ReadonlyMap<string, LocalHandler> = new Map(all.map((handler) => [handler.kind, handler]));
