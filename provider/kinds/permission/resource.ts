/** The class Permission, for programs. What it does is in handler.ts. */
import type * as pulumi from "@pulumi/pulumi";
import { type Args, type CommonArgs, RocketChatResource } from "../base/resource.ts";
import { permissionHandler } from "./handler.ts";
import type { PermissionInputs } from "./schema.ts";

export interface PermissionArgs extends Args<PermissionInputs>, CommonArgs<"restore" | "retain"> {}

/**
 * Which roles hold one permission. A permission always exists: it is taken over, and which roles held it before is remembered.
 *
 * @example Only admins make public channels
 * ```ts
 * new rocketchat.Permission("create-channels", { permissionId: "create-c", roles: ["admin"] });
 * ```
 *
 * @example One more role, beside those that hold it already
 * ```ts
 * new rocketchat.Permission("supporters-mention-all", {
 *   permissionId: "mention-all",
 *   roles: [supporter.id],
 *   membership: "include",
 * });
 * ```
 *
 * Permissions: `access-permissions`. The server checks a change at once, but keeps a user's roles in mind for about a second.
 *
 * When it is removed from the program, the roles that held it before hold it again; with "include", only the roles that were added
 * lose it. An unknown permission or role is refused before anything is written, with the names that may have been meant.
 */
export class Permission extends RocketChatResource {
  declare readonly permissionId: pulumi.Output<string>;
  declare readonly roles: pulumi.Output<string[]>;
  declare readonly membership: pulumi.Output<"exact" | "include" | undefined>;
  /** Ids of the roles that held it before this resource took it over. */
  declare readonly previousRoles: pulumi.Output<string[] | undefined>;

  constructor(name: string, args: PermissionArgs, opts?: pulumi.CustomResourceOptions) {
    super(permissionHandler, name, args, opts);
  }

  /** An existing permission by its id, to read from. It is not managed. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): Permission {
    return new Permission(name, {} as PermissionArgs, { ...opts, id });
  }
}
