/** What can be said of many users at once: types and their documentation. Checked in schema.ts. */
import type { Args, CommonArgs } from "../../kinds/base/resource.ts";
import type { UserInputs } from "../../kinds/user/schema.ts";

/** One user. What is left out comes from `defaults`. */
export type UserRow = Partial<Omit<Args<UserInputs>, "username">> & {
  /** Log-in name; known when the program runs, for the resource is named by it. */
  username: string;
  /** Any text that stays when the username changes: the resource is named by it. Default: the username in lower case. */
  key?: string;
};

export interface UserBatchArgs extends CommonArgs<"deactivate" | "delete" | "retain"> {
  /**
   * Path of a CSV file in UTF-8, from the program's folder on. Its first line names the columns; a column named as an argument of User
   * is that argument (`username`, `name`, `email`, `password`, `roles`, `active`, …), `customFields.<name>` one of the user's own fields. An empty cell says
   * nothing. `true`, `yes` and `1` switch on, `false`, `no` and `0` off; lists are divided by `;` or `,`.
   */
  file?: string;
  /** The users themselves, instead of `file`. */
  rows?: readonly UserRow[];
  /** Names of columns that are not named as the argument: `{ username: "login", email: "Work e-mail" }`. */
  columns?: Readonly<Record<string, string>>;
  /** Columns to leave aside, or true for all that are no argument. Default []: a column that is no argument is an error. */
  ignoreColumns?: readonly string[] | boolean;
  /** What stands between two cells. One character. Default ",". */
  delimiter?: string;
  /**
   * Column that holds something which stays when a username changes, a personnel number. Resources are named by it, so that a new username
   * renames the account. Default: they are named by the username in lower case, and a new one means another account.
   */
  keyColumn?: string;
  /** Arguments of every user that does not have them itself. */
  defaults?: Partial<Omit<Args<UserInputs>, "username" | "email">>;
  /**
   * Makes a password for every user that has none, once, and keeps it sealed in the stack's state; see the output `passwords`. It satisfies the
   * server's default policy. Default false.
   */
  generatePasswords?: boolean;
}

/** A row with its place, for messages. */
export interface PlacedRow {
  readonly values: Readonly<Record<string, unknown>>;
  readonly key: string | undefined;
  /** Where an argument of this row stands: `people.csv, line 4, column "mail" (email)`, or `rows[3].email`. */
  readonly at: (argument: string) => string;
}
