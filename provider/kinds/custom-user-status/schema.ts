/** What can be said of a custom user status. Knows no calls. */
import { z } from "zod";
import { STATUS_TYPES } from "../../client/api/custom-user-status.ts";
import { field, type KindSchema } from "../../engine/schema.ts";

export const customUserStatusInputs = z.strictObject({
  /** The text that people choose and others see, unique in the workspace. The server refuses `<`, `>`, `&`, quotes and slashes. */
  name: z
    .string()
    .regex(/\S/, "must not be blank")
    .regex(/^[^<>&"'/\\]*$/, "must not hold any of < > & \" ' / \\"),
  /** The presence that goes with it: "online", "away", "busy" or "offline"; "" for none. Default: none. */
  statusType: field(z.enum([...STATUS_TYPES, ""]).optional(), {}),
});

export type CustomUserStatusInputs = z.infer<typeof customUserStatusInputs>;

export const customUserStatusSchema: KindSchema<CustomUserStatusInputs> = {
  inputs: customUserStatusInputs,
  outputs: {},
  destroy: ["delete", "retain"],
  permissions: [{ anyOf: ["manage-user-status"] }],
  document: { section: "customUserStatuses", keys: ["name"] },
};
