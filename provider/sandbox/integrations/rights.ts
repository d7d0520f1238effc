/** Who may manage which integrations. Knows no route. */
import type { IntegrationDoc } from "../core/state.ts";
import { type Actor, allowed } from "../rooms/actor.ts";

export type Direction = "incoming" | "outgoing";
export const DIRECTIONS: readonly Direction[] = ["incoming", "outgoing"];

export const MANAGE_ANY = DIRECTIONS.flatMap((direction) => [
  `manage-${direction}-integrations`,
  `manage-own-${direction}-integrations`,
]);

export const directionOf = ({ type }: Pick<IntegrationDoc, "type">): Direction =>
  type === "webhook-incoming" ? "incoming" : "outgoing";

export const mayManage = (actor: Actor, direction: Direction): boolean =>
  allowed(actor, `manage-${direction}-integrations`) || allowed(actor, `manage-own-${direction}-integrations`);

/** All of them, or those that the caller made. */
export const sees = (actor: Actor, integration: IntegrationDoc): boolean => {
  const direction = directionOf(integration);
  if (allowed(actor, `manage-${direction}-integrations`)) return true;
  return allowed(actor, `manage-own-${direction}-integrations`) && integration._createdBy._id === actor.user._id;
};
