/** What can be said of an OAuth app. Knows no calls. */
import { z } from "zod";
import { field, type KindSchema } from "../../engine/schema.ts";

export const oauthAppInputs = z.strictObject({
  /** Name shown to people who are asked for their consent. The server lets several apps have the same one; this provider does not. */
  name: z.string().regex(/\S/, "must not be blank"),
  /** Where people are sent back to after signing in: full addresses, at least one, in any order. The server takes any text (6.x-8.x). */
  redirectUri: field(
    z
      .array(
        z
          .string()
          .trim()
          .min(1)
          .regex(/^[^,\n]*$/, "must be one address, without commas or line breaks"),
      )
      .min(1),
    { set: true },
  ),
  /** False refuses every sign-in through the app. Default true. */
  active: z.boolean().optional(),
});

export type OAuthAppInputs = z.infer<typeof oauthAppInputs>;

export const oauthAppSchema: KindSchema<OAuthAppInputs> = {
  inputs: oauthAppInputs,
  outputs: {
    /** The OAuth client id; the server makes it and never changes it. */
    clientId: {},
    /** The OAuth client secret; the server makes it and never changes it. */
    clientSecret: { secret: true },
  },
  destroy: ["delete", "retain"],
  permissions: [{ anyOf: ["manage-oauth-apps"] }],
  document: {
    section: "oauthApps",
    keys: ["name"],
    export: { identity: ["name"], defaults: { active: true }, anew: ["clientId", "clientSecret"] },
  },
};
