/** What can be declared of a role. Knows no calls. */
import { z } from "zod";
import { ROOM_ROLES } from "../../client/api/members.ts";
import { ROLE_SCOPES, WORKSPACE_ROLES } from "../../client/api/roles.ts";
import { field, type KindSchema } from "../../engine/schema.ts";

export const roleInputs = z.strictObject({
  /** Name of the role, unique in the workspace. A custom role is renamed in place; a built-in one keeps its name. */
  name: z.string().regex(/\S/, "must not be blank"),
  /** What the role is for; shown beside people's names where it is not empty. Default "". */
  description: z.string().optional(),
  /** Where it is held: "Users", in the whole workspace, or "Subscriptions", in single rooms. Default "Users". A change replaces the role. */
  scope: field(z.enum(ROLE_SCOPES).optional(), { replaces: true }),
  /** Who holds it must sign in with a second factor. Default false. */
  mandatory2fa: z.boolean().optional(),
});

export type RoleInputs = z.infer<typeof roleInputs>;

export const roleSchema: KindSchema<RoleInputs> = {
  inputs: roleInputs,
  outputs: {
    /** True for a role that is built in: it keeps its name and scope, and is never deleted. */
    protected: {},
  },
  destroy: ["delete", "retain"],
  permissions: [{ anyOf: ["access-permissions"] }],
  document: {
    section: "roles",
    keys: ["name"],
    refersById: true,
    export: { defaults: { scope: "Users" } },
    builtIn: [...WORKSPACE_ROLES, ...ROOM_ROLES],
  },
};
