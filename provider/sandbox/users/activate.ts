/** Switching an account off and on. Knows no route. */
import { failure } from "../core/failure.ts";
import type { Call } from "../core/route.ts";
import type { State, UserDoc } from "../core/state.ts";
import { consequencesOf, demandRelinquish, relinquish } from "../rooms/relinquish.ts";
import { notAllowed } from "./check.ts";
import { endLogins } from "./tokens.ts";

const isLastAdmin = (state: State, user: UserDoc): boolean =>
  user.roles.includes("admin") &&
  !Object.values(state.users).some((other) => other !== user && other.active && other.roles.includes("admin"));

export function setActive(call: Call, user: UserDoc | undefined, active: boolean, confirmed: boolean): void {
  if (!user) throw failure("User not found");
  if (!active) {
    if (isLastAdmin(call.state, user))
      throw notAllowed(
        "Leaving the app without an active admin is not allowed",
        "Remove_last_admin",
        "removeUserFromRole",
      );
    const consequences = consequencesOf(call, user);
    demandRelinquish(consequences, confirmed);
    relinquish(call, consequences);
    endLogins(user);
  }
  if (active === user.active) return;
  user.active = active;
  if (active) delete user.inactiveReason;
  else if (call.is8) user.inactiveReason = "deactivated";
  user._updatedAt = call.clock.now();
}
