/** What a plan must not do, whatever else is right about it. Asks nobody: what the server has is told to it. */
import { ADMIN_ROLE } from "../client/api/roles.ts";
import { type Change, field, listOf, type Plan, type Values } from "./change.ts";
import { linesOf } from "./lines.ts";

export interface Removals {
  readonly count: number;
  /** The count is a share of what is managed. */
  readonly percent: boolean;
}

export interface Limits {
  readonly maxRemovals?: Removals;
  readonly minAdmins?: number;
  readonly expect?: string;
}

/** What is on the server before the run. */
export interface Facts {
  /** Username of the account that the run uses. */
  readonly account?: string;
  /** Usernames of active admins. */
  readonly admins: readonly string[];
}

const goes = ({ op, destroy }: Change): boolean => (op === "delete" || op === "replace") && destroy !== "retain";

/** Objects that go or are made anew, and people that lose their place in a room. */
export const removalsIn = ({ changes }: Plan): number =>
  changes.reduce(
    (sum, change) => sum + Math.max(goes(change) ? 1 : 0, linesOf(change).filter(({ sign }) => sign === "-").length),
    0,
  );

const ofWorkspace = ({ kind }: Change, inputs: Values | undefined): boolean =>
  kind === "RoleMember" && inputs?.role === ADMIN_ROLE && inputs.channel === undefined;

/** True when the plan can make or unmake an admin, or touch the account of the run. */
export const concernsAccounts = ({ changes }: Plan): boolean =>
  changes.some((change) => {
    if (change.kind === "User") {
      return goes(change) || ["roles", "active"].some((key) => field(change, key) !== undefined);
    }
    if (change.kind === "ChannelMember" || change.kind === "TeamMember") return goes(change);
    return ofWorkspace(change, change.before) || ofWorkspace(change, change.after);
  });

/** Usernames of active admins once the plan is carried out. */
export function adminsAfter(admins: readonly string[], { changes }: Plan): Set<string> {
  const names = new Set(admins);
  for (const change of changes) {
    const { kind, before, after } = change;
    if (kind === "User") ofUser(change, names);
    if (kind !== "RoleMember" || change.op === "update") continue;
    if (goes(change) && ofWorkspace(change, before)) names.delete(String(before?.username));
    if (ofWorkspace(change, after)) names.add(String(after?.username));
  }
  return names;
}

function ofUser(change: Change, names: Set<string>): void {
  const { before, after } = change;
  const [old, next] = [before?.username, after?.username].map((name) => (typeof name === "string" ? name : undefined));
  // An account that is taken over was there under this name.
  const there = old ?? next;
  const was = there !== undefined && names.delete(there);
  if (after === undefined) {
    if (was && !goes(change)) names.add(there);
    return;
  }
  // What is not declared stays as it is.
  const isAdmin = Array.isArray(after.roles) ? listOf(after.roles).includes(ADMIN_ROLE) : was;
  if (isAdmin && after.active !== false && next !== undefined) names.add(next);
}

/** How the plan would shut its own account out; empty when it would not. */
function lockOuts(plan: Plan, { account, admins }: Facts): string[] {
  if (account === undefined) return [];
  const found = plan.changes.flatMap((change) => {
    const { kind, before, after, destroy } = change;
    if ((before ?? after)?.username !== account) return [];
    if (kind === "User" && goes(change)) return [destroy === "delete" ? "deleted" : "deactivated"];
    if (kind === "User" && after?.active === false) return ["deactivated"];
    if (kind === "ChannelMember" && goes(change)) return [`removed from #${String(before?.channel)}`];
    if (kind === "TeamMember" && goes(change)) return [`removed from the team ${String(before?.team)}`];
    return [];
  });
  const name = renamed(plan, account);
  if (found.length === 0 && admins.includes(account) && !adminsAfter(admins, plan).has(name))
    found.push("no admin any more");
  return found;
}

const renamed = ({ changes }: Plan, account: string): string => {
  const change = changes.find(
    ({ kind, op, before }) => kind === "User" && op === "update" && before?.username === account,
  );
  return String(change?.after?.username ?? account);
};

/** Sentences, one for each guard that the plan runs into. */
export function refusals(plan: Plan, checksum: string, limits: Limits, facts: Facts | undefined): string[] {
  const { maxRemovals, minAdmins, expect } = limits;
  const out: string[] = [];
  if (expect !== undefined && expect !== checksum) {
    out.push(
      `The checksum of what would be done is ${checksum}, not ${expect} (--expect): the program, the configuration or the state is another than was reviewed. Review it again.`,
    );
  }
  if (maxRemovals !== undefined) {
    const count = removalsIn(plan);
    const most = maxRemovals.percent ? Math.floor((plan.managed * maxRemovals.count) / 100) : maxRemovals.count;
    const said = maxRemovals.percent ? `${maxRemovals.count}% of ${plan.managed}, which is ${most}` : `${most}`;
    if (count > most) out.push(`${count} would be removed, but at most ${said} may be (--max-removals).`);
  }
  if (facts === undefined) return out;
  if (minAdmins !== undefined) {
    const left = [...adminsAfter(facts.admins, plan)].sort();
    const who = left.length > 0 && left.length <= 10 ? ` (${left.map((name) => `@${name}`).join(", ")})` : "";
    if (left.length < minAdmins)
      out.push(`${left.length} active admins would be left${who}, but at least ${minAdmins} must be (--min-admins).`);
  }
  for (const what of lockOuts(plan, facts)) {
    out.push(
      `@${facts.account}, the account of this connection, would be ${what}: the run would lock itself out. Connect as another account for this.`,
    );
  }
  return out;
}
