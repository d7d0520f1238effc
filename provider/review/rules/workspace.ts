/** Permissions, roles and settings: what counts for everybody. */
import { isSecretSetting } from "../../kinds/setting/schema.ts";
import { type Change, field, isLost, textOf } from "../change.ts";
import { differenceOf } from "./lists.ts";
import { EVERYBODY, EVERYDAY, powerOf } from "./powers.ts";
import { type Finding, high, medium, type Rule, when } from "./rule.ts";
import { concernOf, isSignInSwitch } from "./security-settings.ts";

function widened(role: string, permission: string): Finding {
  const power = powerOf(permission);
  const means = power === undefined ? "" : `: who holds it ${power}`;
  // A permission that nobody knows here may be one for anything.
  const risk = EVERYDAY.includes(permission) && !EVERYBODY.includes(role) ? medium : high;
  return risk("permission-widened", `The role ${role} gets the permission "${permission}"${means}`);
}

const permission: Rule = (change) => {
  const id = textOf(change, "permissionId") ?? change.resource;
  const what = `"${id}"`;
  if (change.op === "delete") {
    return when([
      change.destroy !== "retain",
      () => high("permission-restored", `The permission ${what} goes back to what it was before it was managed`),
    ]);
  }
  const { added, removed } = differenceOf(change, "roles");
  const exact = change.after?.membership !== "include";
  return [
    ...added.map((role) => widened(role, id)),
    ...removed.map((role) => medium("permission-narrowed", `The role ${role} loses the permission ${what}`)),
    ...when(
      [
        change.op !== "update" && exact,
        () => medium("permission-exact", `Only the roles that are listed keep the permission ${what}`),
      ],
      [
        change.op === "update" && exact && field(change, "membership") !== undefined,
        () => medium("permission-exact", `Only the roles that are listed keep the permission ${what}`),
      ],
    ),
  ];
};

const role: Rule = (change) => {
  const what = `the role ${textOf(change, "name") ?? change.resource}`;
  const factor = field(change, "mandatory2fa");
  return when(
    [isLost(change), () => high("deletion", `${what.replace("the", "The")} is deleted; whoever holds it loses it`)],
    [
      factor?.before === true && factor.after !== true,
      () => high("two-factor-off", `Holders of ${what} need no second factor any more`),
    ],
  );
};

function settingRule(change: Change, id: string): Finding[] {
  const value = field(change, "value");
  const restored = change.op === "delete" && change.destroy !== "retain";
  if (value === undefined && !restored) return [];
  const becomes = restored ? "goes back to what it was before it was managed" : "changes";
  if (isSignInSwitch(id)) {
    if (restored) return [high("sign-in", `A way to sign in goes back to what it was: ${id}`)];
    return value?.after === false
      ? [high("sign-in-off", `A way to sign in is switched off: ${id}`)]
      : [high("sign-in", `A way to sign in is switched on: ${id}`)];
  }
  if (isSecretSetting(id)) return [high("token-rotation", `The secret setting ${id} ${becomes}`)];
  const concern = concernOf(id);
  return concern === undefined
    ? []
    : [high("security-setting", `The security setting ${id} ${becomes}; it decides ${concern}`)];
}

const setting: Rule = (change) => {
  if (change.op !== "replace") return settingRule(change, textOf(change, "settingId") ?? "");
  const before = String(change.before?.settingId);
  return [
    ...settingRule({ ...change, op: "delete", fields: [] }, before),
    ...settingRule(
      { ...change, op: "create", fields: [{ key: "value", after: change.after?.value }] },
      textOf(change, "settingId") ?? "",
    ),
  ];
};

/** What has no rule of its own but is gone afterwards. */
export const anyDeletion: Rule = (change) =>
  when([
    isLost(change) && change.op === "delete",
    () => medium("deletion", `${change.kind} "${textOf(change, "name") ?? change.resource}" is deleted`),
  ]);

export const workspaceRules: Readonly<Record<string, Rule>> = {
  Permission: permission,
  Role: role,
  Setting: setting,
};
