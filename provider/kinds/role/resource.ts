/** The class Role, for programs. What it does is in handler.ts. */
import type * as pulumi from "@pulumi/pulumi";
import { type Args, type CommonArgs, RocketChatResource } from "../base/resource.ts";
import { roleHandler } from "./handler.ts";
import type { RoleInputs } from "./schema.ts";

export interface RoleArgs extends Args<RoleInputs>, CommonArgs<"delete" | "retain"> {}

/**
 * A role. Custom roles need a licence (module "custom-roles"); without one the server refuses them and the error says so. What a role may
 * do is declared with `Permission`, who holds it with `RoleMember` or the `roles` of `User`. The id is the role's id on the server.
 *
 * @example A custom role
 * ```ts
 * new rocketchat.Role("supporter", { name: "supporter" });
 * ```
 *
 * @example A built-in role that asks for a second factor
 * ```ts
 * new rocketchat.Role("admins", {
 *   name: "admin",
 *   description: "Admin",
 *   mandatory2fa: true,
 *   adopt: true,
 * });
 * ```
 *
 * Permissions: `access-permissions`.
 *
 * When it is removed from the program, a custom role is deleted; the server refuses that while somebody holds it. A built-in role
 * always stays, as it is then.
 */
export class Role extends RocketChatResource {
  declare readonly name: pulumi.Output<string>;
  declare readonly description: pulumi.Output<string | undefined>;
  declare readonly scope: pulumi.Output<"Users" | "Subscriptions" | undefined>;
  declare readonly mandatory2fa: pulumi.Output<boolean | undefined>;
  /** True for a role that is built in: it keeps its name and scope, and is never deleted. */
  declare readonly protected: pulumi.Output<boolean>;

  constructor(name: string, args: RoleArgs, opts?: pulumi.CustomResourceOptions) {
    super(roleHandler, name, args, opts);
  }

  /** An existing role by id, to read from. It is not managed. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): Role {
    return new Role(name, {} as RoleArgs, { ...opts, id });
  }
}
