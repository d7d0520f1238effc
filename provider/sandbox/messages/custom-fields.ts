/** Which fields of their own messages may have: as the workspace's JSON schema says. Knows no route. */
import { failure } from "../core/failure.ts";
import { type Schema, validate } from "../core/validate.ts";
import type { Actor } from "../rooms/actor.ts";
import { settingOn, settingText } from "../settings/read.ts";

/** Throws the server's plain sentences. */
export function demandCustomFields(actor: Actor, customFields: unknown): void {
  if (typeof customFields !== "object" || customFields === null) return;
  if (!settingOn(actor.state, "Message_CustomFields_Enabled")) throw failure("Custom fields not enabled");
  const schema = JSON.parse(settingText(actor.state, "Message_CustomFields") || "{}") as Schema;
  const whole: Schema = { ...schema, type: "object", additionalProperties: false };
  if (validate(whole, customFields as Record<string, unknown>, false) !== undefined)
    throw failure("Invalid custom fields");
}
