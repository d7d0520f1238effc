/** Users and who holds which role: admins made and unmade, accounts switched off, passwords, tokens. */
import { ADMIN_ROLE } from "../../client/api/roles.ts";
import { field, formerText, listOf, textOf } from "../change.ts";
import { differenceOf } from "./lists.ts";
import { ROLES } from "./powers.ts";
import { type Finding, high, medium, type Rule, when } from "./rule.ts";

const roleGranted = (who: string, role: string): Finding =>
  role === ADMIN_ROLE
    ? high("admin-granted", `${who} becomes admin of the workspace`)
    : medium("role-granted", `${who} gets the role ${role}${meaning(role)}`);

const meaning = (role: string): string => (ROLES[role] === undefined ? "" : `: it ${ROLES[role]}`);

const roleTaken = (who: string, role: string): Finding =>
  role === ADMIN_ROLE
    ? high("admin-removed", `${who} is no admin of the workspace any more`)
    : medium("role-removed", `${who} loses the role ${role}`);

const user: Rule = (change) => {
  const who = `@${textOf(change, "username") ?? change.resource}`;
  const { op, destroy } = change;
  if (op === "delete") {
    const found = when(
      [destroy === "delete", () => high("deletion", `The account ${who} is deleted, and its messages with it`)],
      [destroy === "deactivate", () => high("deactivation", `The account ${who} is deactivated`)],
    );
    const wasAdmin = found.length > 0 && listOf(change.before?.roles).includes(ADMIN_ROLE);
    return wasAdmin ? [...found, roleTaken(who, ADMIN_ROLE)] : found;
  }
  const { added, removed } = differenceOf(change, "roles");
  const active = field(change, "active");
  const renamed = op === "update" ? field(change, "username") : undefined;
  return [
    ...added.filter((role) => role !== "user").map((role) => roleGranted(who, role)),
    ...removed.map((role) => roleTaken(who, role)),
    ...when(
      [active?.after === false, () => high("deactivation", `The account ${who} is deactivated`)],
      [
        active?.after === true && active.before === false,
        () => medium("reactivation", `The account ${who} can log in again`),
      ],
      [
        op === "update" && field(change, "password") !== undefined,
        () => high("password", `${who} gets another password; log-ins and access tokens end`),
      ],
      [
        op === "update" && field(change, "email") !== undefined,
        () => medium("email", `The e-mail address of ${who} changes: a password can be reset by it`),
      ],
      [renamed !== undefined, () => medium("rename", `The account @${String(renamed?.before)} is renamed to ${who}`)],
      [
        change.after?.confirmRelinquish === true && field(change, "confirmRelinquish") !== undefined,
        () => medium("relinquish", `Rooms whose last owner is ${who} may be deleted with the account`),
      ],
    ),
  ];
};

const roleMember: Rule = (change) => {
  const room = textOf(change, "channel");
  const [who, role] = [`@${textOf(change, "username")}`, textOf(change, "role") ?? ""];
  const before = `@${String(change.before?.username)}`;
  const inRoom = (name: string | undefined): string => (name === undefined ? "" : ` in #${name}`);
  const named = `${role}${inRoom(room)}`;
  const former = change.before && `${formerText(change, "role")}${inRoom(change.before.channel as string | undefined)}`;
  switch (change.op) {
    case "create":
      return [room === undefined ? roleGranted(who, role) : medium("role-granted", `${who} gets the role ${named}`)];
    case "delete":
      return change.destroy === "retain" ? [] : [roleTaken(before, former ?? named)];
    case "replace":
      return [roleTaken(before, former ?? named), roleGranted(who, named)];
    default:
      return [];
  }
};

const accessToken: Rule = (change) => {
  const owner = (change.after ?? change.before)?.as as { readonly username?: unknown } | undefined;
  const of = typeof owner?.username === "string" ? ` of @${owner.username}` : "";
  const what = `the access token "${textOf(change, "name")}"${of}`;
  const bypass = change.after?.bypassTwoFactor === true;
  return when(
    [change.op === "create", () => medium("token-made", `A key to the workspace is made: ${what}`)],
    [
      change.op === "replace",
      () => high("token-rotation", `A new value replaces ${what}; what still uses the old one stops`),
    ],
    [
      change.op === "delete" && change.destroy === "delete",
      () => high("token-removed", `${capital(what)} stops working`),
    ],
    [
      bypass && field(change, "bypassTwoFactor") !== undefined,
      () => high("two-factor-bypass", `${capital(what)} is never asked for a second factor`),
    ],
  );
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export const peopleRules: Readonly<Record<string, Rule>> = {
  User: user,
  RoleMember: roleMember,
  PersonalAccessToken: accessToken,
};
