/** Checks a whole batch before any of it is declared: its own arguments, every row by the User's own rules, and rows against each other. */
import { z } from "zod";
import { check, checkSchema, type Failure } from "../../engine/check.ts";
import { isUnknown, UNKNOWN } from "../../engine/schema.ts";
import { knownPart } from "../../kinds/base/resource.ts";
import { userHandler } from "../../kinds/user/handler.ts";
import type { PlacedRow, UserBatchArgs } from "./args.ts";
import { type Rows, rowsOfFile } from "./columns.ts";
import { USER_ARGUMENTS } from "./fields.ts";

const text = z.string().min(1).optional();
const row = z.record(z.string(), z.unknown());

const schema = z.strictObject({
  file: text,
  rows: z.array(row).optional(),
  columns: z.record(z.string(), z.string()).optional(),
  ignoreColumns: z.union([z.boolean(), z.array(z.string())]).optional(),
  delimiter: z.string().length(1).optional(),
  keyColumn: text,
  defaults: row.optional(),
  generatePasswords: z.boolean().optional(),
  adopt: z.boolean().optional(),
  onDestroy: z.enum(userHandler.schema.destroy).optional(),
} satisfies Record<keyof UserBatchArgs, z.ZodType>);

/** A user to be declared: what the row says, and the name that the resource has behind the batch's own. */
export interface CheckedRow {
  readonly name: string;
  readonly username: string;
  /** As the program gave them, outputs included. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly isPasswordMade: boolean;
}

export interface CheckedBatch {
  readonly rows: readonly CheckedRow[];
  readonly failures: readonly Failure[];
}

/** Only with `file`. */
const OF_FILES = ["columns", "ignoreColumns", "delimiter", "keyColumn"] as const;

const say = (path: string, what: string): Failure => ({ path, reason: `${path}: ${what}` });

function ownFailures(args: UserBatchArgs): Failure[] {
  const { failures } = checkSchema(schema, knownPart(args), { reveal: true });
  const found = [...failures];
  if ((args.file === undefined) === (args.rows === undefined)) {
    found.push(say("file", args.file === undefined ? "is required, or `rows`" : "and `rows` exclude each other"));
  }
  for (const key of OF_FILES) {
    if (args[key] !== undefined && args.rows !== undefined) found.push(say(key, "goes with `file` only"));
  }
  return found;
}

/** What is wrong with `defaults` is said once; the rows then speak for themselves alone. */
function defaultFailures(defaults: object): Failure[] {
  const own = ["username", "email"]
    .filter((key) => key in defaults)
    .map((key) => say(`defaults.${key}`, "can't be the same for all users"));
  const { username: _username, email: _email, ...rest } = defaults as Record<string, unknown>;
  // Stands for what the rows may have.
  const ofRows = {
    username: UNKNOWN,
    name: UNKNOWN,
    email: UNKNOWN,
    ...("setRandomPassword" in rest ? {} : { password: UNKNOWN }),
  };
  const whole = { ...ofRows, ...(knownPart(rest) as object) };
  const { failures } = check(userHandler, whole, { reveal: true });
  return [...own, ...failures.map(({ path, reason }) => ({ path: `defaults.${path}`, reason: `defaults.${reason}` }))];
}

const placed = (row: Readonly<Record<string, unknown>>, index: number): PlacedRow => {
  const { key, ...values } = row;
  return { values, key: key as string | undefined, at: (argument) => `rows[${index}].${argument}` };
};

const rowsOfArgs = (args: UserBatchArgs): Rows =>
  args.file !== undefined
    ? rowsOfFile(args.file, args)
    : { rows: (args.rows ?? []).map(placed), failures: [], offered: new Set(USER_ARGUMENTS) };

/** Says of each value, ignoring case, where it stood first. */
function uniqueness() {
  const first = new Map<string, string>();
  return (value: string, place: string): string | undefined => {
    const known = first.get(value.toLowerCase());
    if (known === undefined) first.set(value.toLowerCase(), place);
    return known;
  };
}

const needsPassword = ({ generatePasswords }: UserBatchArgs, whole: Readonly<Record<string, unknown>>): boolean =>
  generatePasswords === true && whole.password === undefined && whole.setRandomPassword !== true;

function checkRows({ rows, offered }: Rows, args: UserBatchArgs): CheckedBatch {
  const failures: Failure[] = [];
  const defaults = args.defaults ?? {};
  const common = Object.fromEntries(
    Object.entries({ adopt: args.adopt, onDestroy: args.onDestroy }).filter(([, value]) => value !== undefined),
  );
  const withoutPassword: string[] = [];
  const missing = Object.entries(userHandler.schema.inputs.shape)
    .filter(([key, type]) => !z.safeParse(type, undefined).success && !offered.has(key) && !(key in defaults))
    .map(([key]) => key);
  for (const key of missing) {
    failures.push(
      say("file", `no column is the required argument "${key}": add one, or name it in \`columns.${key}\``),
    );
  }
  const seen = { username: uniqueness(), email: uniqueness(), key: uniqueness() };
  const isDefault = (path: string, values: object) => {
    const [top = path] = path.split(/[.[]/);
    return !(top in values) && (top in defaults || top in common || missing.includes(top));
  };
  const checked = rows.flatMap(({ values, key, at }): CheckedRow[] => {
    const whole = { ...common, ...defaults, ...values };
    const isMade = needsPassword(args, whole);
    const judged = { ...(knownPart(whole) as object), ...(isMade && { password: UNKNOWN }) };
    const { inputs, failures: found } = check(userHandler, judged, { reveal: true });
    for (const { path, reason } of found) {
      if (path === "password" && !("password" in whole)) {
        withoutPassword.push(at("password"));
        continue;
      }
      if (isDefault(path, values)) continue;
      const what = reason.startsWith(`${path}: `) ? reason.slice(path.length + 2) : reason;
      failures.push({ path: at(path), reason: `${at(path)}: ${what}` });
    }
    const { username, email } = inputs;
    const twice = (argument: "username" | "email" | "key", value: unknown) => {
      if (typeof value !== "string" || value === "" || isUnknown(value)) return;
      const other = seen[argument](value, at(argument));
      if (other !== undefined) {
        const reason = `${at(argument)}: "${value}" is at ${other} already (upper and lower case count as the same)`;
        failures.push({ path: at(argument), reason });
      }
    };
    twice("username", username);
    twice("email", email);
    twice("key", key);
    if (isUnknown(username)) {
      failures.push({ path: at("username"), reason: `${at("username")}: must be known when the program runs` });
    }
    if (key === "") failures.push({ path: at("key"), reason: `${at("key")}: the key is empty` });
    if (typeof username !== "string" || found.length > 0) return [];
    return [{ name: key ?? username.toLowerCase(), username, values: whole, isPasswordMade: isMade }];
  });
  const [first] = withoutPassword;
  if (first !== undefined) {
    const who = withoutPassword.length === 1 ? "one user has none" : `${withoutPassword.length} users have none`;
    const help =
      "give each one, or all one in `defaults`, or say `generatePasswords: true`, or `adopt: true` for users that exist";
    failures.push(say("password", `${who} (${first}); ${help}`));
  }
  return { rows: checked, failures };
}

/** The users of a batch, or everything that is wrong with it. Reads the file; sends nothing. */
export function checkBatch(args: UserBatchArgs): CheckedBatch {
  const own = ownFailures(args);
  if (own.length > 0) return { rows: [], failures: own };
  const ofDefaults = defaultFailures(args.defaults ?? {});
  const given = rowsOfArgs(args);
  const { rows, failures } = checkRows(given, args);
  return { rows, failures: [...ofDefaults, ...given.failures, ...failures] };
}
