/** All rules, by kind. A kind without one is looked at for deletions alone. */
import { type Change, GONE, textOf } from "../change.ts";
import { label } from "../lines.ts";
import { integrationRules } from "./integrations.ts";
import { peopleRules } from "./people.ts";
import { roomRules } from "./rooms.ts";
import { type Finding, high, isHigh, medium, type Rule, when } from "./rule.ts";
import { anyDeletion, workspaceRules } from "./workspace.ts";

const rules: Readonly<Record<string, Rule>> = { ...peopleRules, ...roomRules, ...integrationRules, ...workspaceRules };

const adoption = (change: Change): Finding[] =>
  when([
    change.op === "create" && change.after?.adopt === true,
    () =>
      medium(
        "adoption",
        `What is on the server already is taken over: ${change.kind} "${textOf(change, "name") ?? textOf(change, "username") ?? change.resource}"`,
      ),
  ]);

const ofKind = (change: Change): readonly Finding[] => (rules[change.kind] ?? anyDeletion)(change);

/** As grave as if it were deleted; how it went nobody knows. */
function gone(change: Change): Finding[] {
  const found = ofKind({ ...change, destroy: "delete" });
  return [(found.some(isHigh) ? high : medium)("gone", `${label(change)} is gone`)];
}

/** High risks first. */
export const findingsOf = (change: Change): Finding[] =>
  change.destroy === GONE
    ? gone(change)
    : [...ofKind(change), ...adoption(change)].sort((one, other) => Number(isHigh(other)) - Number(isHigh(one)));
