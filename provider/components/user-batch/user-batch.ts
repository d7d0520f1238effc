/** The component that programs use for many users at once. Each becomes a User of its own; what a user is, that kind says. */
import * as pulumi from "@pulumi/pulumi";
import { reportInvalid } from "../../kinds/base/invalid.ts";
import { GeneratedPassword } from "../../kinds/local/resource.ts";
import { User, type UserArgs } from "../../kinds/user/resource.ts";
import type { UserBatchArgs } from "./args.ts";
import { checkBatch } from "./schema.ts";

const KIND = "UserBatch";

/**
 * Many users at once, from a CSV file or from a list: one User each, as a child. The whole batch is checked before anything is written; every
 * mistake is reported with its line and column.
 *
 * @example Smallest
 * ```ts
 * new rocketchat.UserBatch("people", { file: "people.csv", generatePasswords: true });
 * ```
 *
 * @example An export of the personnel department: other column names, semicolons, renames in place
 * ```ts
 * const people = new rocketchat.UserBatch("people", {
 *   file: "people.csv",
 *   delimiter: ";",
 *   columns: { username: "login", email: "Work e-mail", name: "Full name" },
 *   ignoreColumns: ["Cost centre"],
 *   keyColumn: "Personnel number",
 *   defaults: { password: config.requireSecret("initialPassword"), passwordVersion: 1, requirePasswordChange: true },
 * });
 * new rocketchat.Channel("all-hands", { name: "all-hands", members: Object.values(people.users).map((user) => user.username) });
 * ```
 *
 * A user that leaves the file leaves the workspace as `onDestroy` says: by default the account is deactivated. A new username is another
 * account, unless `keyColumn` tells that it is the same person.
 *
 * Needs the same permissions as User, and `api-bypass-rate-limit` for more than a few users: without it a server takes 10 a minute.
 */
export class UserBatch extends pulumi.ComponentResource {
  /** The users by username. */
  readonly users: Readonly<Record<string, User>>;
  /** How many there are. */
  readonly count: number;
  /** With `generatePasswords`: the passwords that were made, by username. Secret. */
  readonly passwords: pulumi.Output<Record<string, string>>;

  constructor(name: string, args: UserBatchArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super(`rocketchat:components:${KIND}`, name, {}, opts);
    const { rows, failures } = checkBatch(args);
    if (failures.length > 0) {
      this.users = {};
      this.count = 0;
      this.passwords = pulumi.output(reportInvalid(KIND, name, failures));
      return;
    }
    const users: Record<string, User> = {};
    const passwords: Record<string, pulumi.Output<string>> = {};
    for (const { name: key, username, values, isPasswordMade } of rows) {
      const childName = `${name}-${key}`;
      if (isPasswordMade) {
        const made = { purpose: "password", username, form: "policy" } as const;
        passwords[username] = new GeneratedPassword(`${childName}-password`, made, { parent: this }).password;
      }
      const userArgs = { ...values, ...(isPasswordMade && { password: passwords[username] }) } as unknown as UserArgs;
      users[username] = new User(childName, userArgs, { parent: this });
    }
    this.users = users;
    this.count = rows.length;
    this.passwords = pulumi.secret(pulumi.output(passwords));
    this.registerOutputs({ count: this.count });
  }
}
