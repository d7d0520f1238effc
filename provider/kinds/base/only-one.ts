/** Refuses to guess among several objects that fit one description. Imports no Pulumi; knows no kind. */
import type { Client } from "../../client/client.ts";
import { ConflictError } from "../../errors.ts";

/** The only hit, or undefined when there is none. `noun`: what they are, in the plural. `operation`: the list they came from. */
export function onlyOne<T extends { readonly _id: string }>(
  { url }: Pick<Client, "url">,
  hits: readonly T[],
  { what, noun, operation }: { what: string; noun: string; operation: string },
): T | undefined {
  if (hits.length <= 1) return hits[0];
  throw new ConflictError(
    `${what}: ${hits.length} ${noun} at ${url} fit this description: ${hits.map(({ _id }) => _id).join(", ")}.`,
    { operation, request: `GET /api/v1/${operation}` },
    {
      hint: "Rocket.Chat lets several have the same name. Remove the ones not wanted, or give this one another name.",
    },
  );
}
