/** What can be said of a personal access token. Knows no calls. */
import { z } from "zod";
import { field, type KindSchema } from "../../engine/schema.ts";

const owner = z.strictObject({
  /** Username of the owner. A change makes a new token. */
  username: field(z.string().min(1), { refers: "User" }),
  /** The owner's password: the server makes tokens only for whoever is logged in, and this is needed again to remove it. */
  password: field(z.string().min(1), { secret: true, writeOnly: true }),
  /** Base32 secret of the owner's authenticator app, when it has one. */
  totpSecret: field(z.string().min(1).optional(), { secret: true, writeOnly: true }),
});

export const personalAccessTokenInputs = z.strictObject({
  /** Name of the token, unique among its owner's. A change makes a new token. */
  name: field(z.string().min(1), { replaces: true }),
  /**
   * Calls with this token are never asked for a second factor. A change makes a new token. Rocket.Chat 8.0-8.5 ignores it
   * over REST. Default false.
   */
  bypassTwoFactor: field(z.boolean().optional(), { replaces: true }),
  /**
   * Any values; a change of them rotates the token: the new one is made, everything that uses it is updated, then the old one is
   * removed. With triggers the token is called `<name>~<8 hex digits>` on the server, so that both can exist.
   */
  triggers: field(z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(), {
    replaces: true,
    local: true,
  }),
  /** Makes the token for another user, by logging in as that user. Default: the account of the connection. */
  as: field(owner.optional(), { replaces: ["username"], local: true }),
});

export type PersonalAccessTokenInputs = z.infer<typeof personalAccessTokenInputs>;

export const personalAccessTokenSchema: KindSchema<PersonalAccessTokenInputs> = {
  inputs: personalAccessTokenInputs,
  outputs: {
    /** The token itself: the header X-Auth-Token. */
    token: { secret: true },
    /** Id of the owner: the header X-User-Id. */
    userId: {},
    /** Name on the server: `name`, with a suffix while there are `triggers`. */
    tokenName: {},
    /** Last six characters of the token, as the server shows it. */
    lastTokenPart: {},
    /** ISO time at which this value was made. */
    createdAt: {},
  },
  destroy: ["delete", "retain"],
  permissions: [{ anyOf: ["create-personal-access-tokens"], elsewhere: "by the token's owner" }],
  document: {
    section: "personalAccessTokens",
    keys: ["name"],
    export: {
      anew: ["token"],
      never: "the value of a token is told once; taking one over would make another of it, and end whatever uses it",
    },
  },
};
