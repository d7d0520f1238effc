/** Rooms and teams: what becomes visible, who decides there, what is lost. */
import { PEOPLE_INPUTS } from "../../kinds/channel/schema.ts";
import { type Change, field, formerText, isLost, listOf, textOf } from "../change.ts";
import { differenceOf } from "./lists.ts";
import { type Finding, high, medium, type Rule, when } from "./rule.ts";

const turned = (change: Change, key: string, to: boolean): boolean => {
  const differs = field(change, key);
  return (
    change.op === "update" &&
    differs !== undefined &&
    (differs.after ?? false) === to &&
    (differs.before ?? false) !== to
  );
};

/** A member that is taken off a list stays, unless the list is exact. */
const leaves = (change: Change, key: string): readonly string[] =>
  change.after?.membership === "exact" ? differenceOf(change, key).removed : [];

/** Those that an exact list leaves out, who are on none of the others either. */
function sentAway(change: Change): readonly string[] {
  const stay = new Set(PEOPLE_INPUTS.flatMap((key) => listOf(change.after?.[key])));
  const out = PEOPLE_INPUTS.flatMap((key) => leaves(change, key)).filter((who) => !stay.has(who));
  return [...new Set(out)].sort();
}

const room: Rule = (change) => {
  const what = `#${textOf(change, "name") ?? change.resource}`;
  const { op, destroy } = change;
  if (op === "delete" || op === "replace") {
    const replaced = op === "replace" ? ", and a new one is made" : "";
    return when(
      [isLost(change), () => high("deletion", `The room ${what} is deleted with all its messages${replaced}`)],
      [destroy === "archive", () => medium("archive", `The room ${what} is archived${replaced}`)],
    );
  }
  const owners = differenceOf(change, "owners");
  return [
    ...when(
      [
        turned(change, "private", false),
        () =>
          high("private-to-public", `The private room ${what} becomes public: everybody can read it, old messages too`),
      ],
      [
        turned(change, "private", true),
        () => medium("public-to-private", `The room ${what} becomes private: only members see it`),
      ],
      [
        turned(change, "encrypted", false),
        () => high("encryption-off", `Messages in ${what} are no longer end-to-end encrypted`),
      ],
      // Which code, or that there is none any more, is nothing that a report may know.
      [
        op === "update" && field(change, "joinCode") !== undefined,
        () => medium("join-code", `The join code of ${what} changes`),
      ],
      [turned(change, "retentionEnabled", true), () => high("pruning", `Old messages in ${what} are pruned`)],
      [
        field(change, "membership")?.after === "exact" && op === "update",
        () => medium("exact-members", `Whoever is not listed is removed from ${what}`),
      ],
    ),
    ...owners.added
      .filter(() => op === "update")
      .map((who) => medium("owner-granted", `@${who} becomes owner of ${what}`)),
    ...sentAway(change).map((who) => medium("person-removed", `@${who} is removed from ${what}`)),
    ...leaves(change, "owners").map((who) => medium("owner-removed", `@${who} is no owner of ${what} any more`)),
  ];
};

const member =
  (kind: string, key: "channel" | "team"): Rule =>
  (change) => {
    const [at, from] = [`${kind}${textOf(change, key)}`, `${kind}${formerText(change, key)}`];
    const who = `@${textOf(change, "username")}`;
    const roles = differenceOf(change, "roles");
    const removed = change.op !== "create" && change.op !== "update" && change.destroy !== "retain";
    const [before] = [change.before?.username];
    return [
      ...when(
        [removed, () => medium("person-removed", `@${String(before)} is removed from ${from}`)],
        [
          removed && listOf(change.before?.roles).includes("owner"),
          () => medium("owner-removed", `@${String(before)} is no owner of ${from} any more`),
        ],
      ),
      ...ownership(change.op === "delete" ? [] : roles.added, `${who} becomes owner of ${at}`, "owner-granted"),
      ...ownership(removed ? [] : roles.removed, `${who} is no owner of ${at} any more`, "owner-removed"),
    ];
  };

const ownership = (roles: readonly string[], text: string, rule: string): Finding[] =>
  roles.includes("owner") ? [medium(rule, text)] : [];

const team: Rule = (change) => {
  const what = textOf(change, "name") ?? change.resource;
  return when(
    [isLost(change), () => high("deletion", `The team ${what} is deleted with its main room`)],
    [
      turned(change, "private", false),
      () => high("private-to-public", `The private team ${what} becomes public: everybody can read its main room`),
    ],
    [turned(change, "private", true), () => medium("public-to-private", `The team ${what} becomes private`)],
  );
};

const lostIn =
  (thing: string): Rule =>
  (change) =>
    when([
      isLost(change),
      () =>
        (change.op === "delete" ? high : medium)(
          "deletion",
          `${thing} in #${formerText(change, "channel")} is deleted`,
        ),
    ]);

const invite: Rule = (change) => {
  const at = `#${textOf(change, "channel")}`;
  const open = change.op === "create" || change.op === "replace";
  return when(
    [
      open && change.after?.days === 0 && (change.after.maxUses ?? 0) === 0,
      () => high("open-invite", `Whoever has the new link can enter ${at}, for ever`),
    ],
    [open, () => medium("invite", `A new link leads into ${at}`)],
    [isLost(change), () => medium("invite-removed", `A link into #${formerText(change, "channel")} stops working`)],
  );
};

export const roomRules: Readonly<Record<string, Rule>> = {
  Channel: room,
  ChannelMember: member("#", "channel"),
  Team: team,
  TeamMember: member("the team ", "team"),
  Message: lostIn("A message"),
  FileUpload: lostIn("A file"),
  Invite: invite,
};
