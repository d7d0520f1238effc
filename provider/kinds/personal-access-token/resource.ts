/** The class that programs use for personal access tokens. Knows no behaviour: that runs in the provider process. */
import type * as pulumi from "@pulumi/pulumi";
import { type Args, type CommonArgs, RocketChatResource } from "../base/resource.ts";
import { personalAccessTokenHandler } from "./handler.ts";
import type { PersonalAccessTokenInputs } from "./schema.ts";

export interface PersonalAccessTokenArgs extends Args<PersonalAccessTokenInputs>, CommonArgs<"delete" | "retain"> {}

/**
 * A personal access token: credentials for the API that do not expire. The server tells its value once; it is kept, sealed, in the
 * stack's state.
 *
 * @example Smallest: for the account of the connection
 * ```ts
 * const token = new rocketchat.PersonalAccessToken("ci", { name: "ci" });
 * export const authToken = token.token;
 * ```
 *
 * @example For a bot made in the same program, rotated every quarter without a gap
 * ```ts
 * const token = new rocketchat.PersonalAccessToken("deploy", {
 *   name: "deploy",
 *   bypassTwoFactor: true,
 *   triggers: { rotation: "2027-Q1" },
 *   as: { username: bot.username, password: botPassword },
 * });
 * ```
 *
 * Needs the permission create-personal-access-tokens for the owner (by default roles admin and user; bot lacks it).
 *
 * A value that is not known is made anew, which ends the old one: on `adopt: true`, and when a run was killed right after making it. A
 * token that somebody regenerated or removed by hand counts as gone at the next refresh.
 *
 * When it is removed from the program the token is deleted on the server. Deactivating the owner ends its tokens, and so does a
 * password set by an admin, as by the resource User: name its `passwordVersion` in `triggers` to get a new token along with it.
 */
export class PersonalAccessToken extends RocketChatResource {
  declare readonly name: pulumi.Output<string>;
  declare readonly bypassTwoFactor: pulumi.Output<boolean | undefined>;
  declare readonly triggers: pulumi.Output<Record<string, string | number | boolean> | undefined>;
  declare readonly as: pulumi.Output<PersonalAccessTokenInputs["as"]>;
  /** The token itself: the header X-Auth-Token. Secret. */
  declare readonly token: pulumi.Output<string>;
  /** Id of the owner: the header X-User-Id. */
  declare readonly userId: pulumi.Output<string>;
  /** Name on the server: `name`, with a suffix while there are `triggers`. */
  declare readonly tokenName: pulumi.Output<string>;
  /** Last six characters of the token, as the server shows it. */
  declare readonly lastTokenPart: pulumi.Output<string>;
  /** ISO time at which this value was made. */
  declare readonly createdAt: pulumi.Output<string>;

  constructor(name: string, args: PersonalAccessTokenArgs, opts?: pulumi.CustomResourceOptions) {
    super(personalAccessTokenHandler, name, args, opts);
  }
}
