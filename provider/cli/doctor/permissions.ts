/** What the account lacks for what is to be managed, found out before the first write. */
import { listPermissions } from "../../client/api/permissions.ts";
import type { Client } from "../../client/client.ts";
import type { AnyHandler } from "../../engine/handler.ts";
import type { Entry } from "../../workspace/entry.ts";
import type { Check, Verdict } from "./check.ts";

/** A kind, and the inputs that are declared of it; undefined: any. */
export type Declared = ReadonlyMap<AnyHandler, ReadonlySet<string> | undefined>;

export function declaredBy(entries: readonly Entry[]): Declared {
  const declared = new Map<AnyHandler, Set<string>>();
  for (const { handler, inputs } of entries) {
    const names = declared.get(handler) ?? new Set();
    for (const name of Object.keys(inputs)) names.add(name);
    declared.set(handler, names);
  }
  return declared;
}

/** Permissions of the connection's account in the whole workspace. */
export async function permissionsHeld(client: Client): Promise<ReadonlySet<string>> {
  const { roles } = await client.self();
  const own = (await listPermissions(client)).filter((permission) =>
    permission.roles.some((role) => roles.includes(role)),
  );
  return new Set(own.map(({ _id }) => _id));
}

const HOW =
  "Give one of the account's roles the permission (Administration > Permissions), or the account such a role.";

/** One check for each kind. `held`: permissions of the account in the whole workspace. */
export function permissionChecks(declared: Declared, held: ReadonlySet<string>): Check[] {
  return [...declared].map(([handler, inputs]) => {
    const { section } = handler.schema.document;
    const needs = (handler.schema.permissions ?? []).filter(
      (need) => need.inputs === undefined || inputs === undefined || need.inputs.some((input) => inputs.has(input)),
    );
    const missing = needs.filter(({ anyOf }) => !anyOf.some((id) => held.has(id)));
    if (missing.length === 0) return { name: section, verdict: "ok", text: "permissions are there" };
    const verdict: Verdict = missing.every(
      // Which of them will be declared is not known.
      ({ elsewhere, inputs: only }) => elsewhere !== undefined || (only !== undefined && inputs === undefined),
    )
      ? "warning"
      : "failed";
    const list = missing.map(({ anyOf, elsewhere, inputs: only }) =>
      [anyOf.join(" or "), only && ` (for ${only.join(", ")})`, elsewhere && ` (unless it is held ${elsewhere})`]
        .filter(Boolean)
        .join(""),
    );
    return { name: section, verdict, text: `the account lacks ${list.join("; ")}`, fix: HOW };
  });
}
