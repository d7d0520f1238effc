/** The class CustomUserStatus, for programs. What it does is in handler.ts. */
import type * as pulumi from "@pulumi/pulumi";
import { type Args, type CommonArgs, RocketChatResource } from "../base/resource.ts";
import { customUserStatusHandler } from "./handler.ts";
import type { CustomUserStatusInputs } from "./schema.ts";

export interface CustomUserStatusArgs extends Args<CustomUserStatusInputs>, CommonArgs<"delete" | "retain"> {}

/**
 * A status that people can choose beside online, away, busy and offline.
 *
 * @example The smallest one
 * ```ts
 * new rocketchat.CustomUserStatus("lunch", { name: "At lunch", statusType: "away" });
 * ```
 *
 * @example The statuses of a whole workspace
 * ```ts
 * const statuses = { "On call": "online", "In the lab": "busy", Travelling: "away" } as const;
 * for (const [name, statusType] of Object.entries(statuses)) {
 *   new rocketchat.CustomUserStatus(name, { name, statusType });
 * }
 * ```
 *
 * Permissions: `manage-user-status`.
 *
 * When it is removed from the program, the status is deleted; people who had chosen it keep its text until they choose another.
 */
export class CustomUserStatus extends RocketChatResource {
  declare readonly name: pulumi.Output<string>;
  declare readonly statusType: pulumi.Output<CustomUserStatusInputs["statusType"]>;

  constructor(name: string, args: CustomUserStatusArgs, opts?: pulumi.CustomResourceOptions) {
    super(customUserStatusHandler, name, args, opts);
  }

  /** An existing status by id, to read from. It is not managed. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): CustomUserStatus {
    return new CustomUserStatus(name, {} as CustomUserStatusArgs, { ...opts, id });
  }
}
