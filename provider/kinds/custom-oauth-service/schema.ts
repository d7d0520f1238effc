/** What can be said of a custom OAuth service. Knows no calls. */
import { z } from "zod";
import { field, type KindSchema } from "../../engine/schema.ts";

const text = z.string().optional();
const flag = z.boolean().optional();

export const customOAuthServiceInputs = z.strictObject({
  /** Names the service, its settings and its callback address. Letters, digits and "_"; the server keeps it in lower case. A change makes a new one. */
  name: field(
    z
      .string()
      .trim()
      .min(1)
      .regex(/^[A-Za-z0-9_]+$/, 'must consist of letters, digits and "_"'),
    { replaces: true },
  ),
  /** Whether people can sign in with it. Written last when it goes on, first when it goes off. Default true. */
  enabled: flag,
  /** Address of the identity provider, which the paths below are appended to. */
  url: text,
  /** Where a code is exchanged for a token; a path, or a full address. Default "/oauth/token". */
  tokenPath: text,
  /** How the credentials are sent to `tokenPath`: "payload" or "header". Default "payload". */
  tokenSentVia: z.enum(["payload", "header"]).optional(),
  /** Where the person's profile is read; a path, or a full address. Default "/me". */
  identityPath: text,
  /** How the token is sent to `identityPath`: "default" (as `tokenSentVia`), "payload" or "header". Default "default". */
  identityTokenSentVia: z.enum(["default", "payload", "header"]).optional(),
  /** Where people are sent to sign in; a path, or a full address. Default "/oauth/authorize". */
  authorizePath: text,
  /** Scopes asked for, separated by blanks. Default "openid". */
  scope: text,
  /** Name of the parameter that holds the token. Default "access_token". */
  accessTokenParam: text,
  /** The client id that the identity provider gave. Default "". */
  clientId: text,
  /** The client secret that the identity provider gave. Default "". */
  clientSecret: field(text, { secret: true }),
  /** How the sign-in page opens: "popup", "redirect", or "" for the server's choice. Default "popup". */
  loginStyle: z.enum(["popup", "redirect", ""]).optional(),
  /** What ties a sign-in to an account: "username" or "email". Default "username". */
  keyField: z.enum(["username", "email"]).optional(),
  /** Where in the profile the username stands. Default "". */
  usernameField: text,
  /** Where in the profile the e-mail address stands. Default "". */
  emailField: text,
  /** Where in the profile the person's name stands. Default "". */
  nameField: text,
  /** Where in the profile the avatar's address stands. Default "". */
  avatarField: text,
  /** Where in the profile the roles stand. Default "roles". */
  rolesClaim: text,
  /** Where in the profile the groups stand. Default "groups". */
  groupsClaim: text,
  /** Roles that are taken over, separated by commas. Default "": all. */
  rolesToSync: text,
  /** Takes over an account that has the same key already. Default false. */
  mergeUsers: flag,
  /** Does so also for accounts of other services. Default false. */
  mergeUsersDistinctServices: flag,
  /** Takes over roles at sign-in. Default false. */
  mergeRoles: flag,
  /** Puts people into rooms by their groups at sign-in. Default false. */
  mapChannels: flag,
  /** Group to room names, for `mapChannels`. Default: the server's example. */
  groupsChannelMap: z.record(z.string(), z.union([z.string(), z.array(z.string())])).optional(),
  /** Username that owns rooms made so. Default "rocket.cat". */
  channelsAdmin: text,
  /** Shows a button on the sign-in page. Default true. */
  showButton: flag,
  /** Text of the button. Default "". */
  buttonLabelText: text,
  /** Colour of the button's text, as "#ffffff". Default "#FFFFFF". */
  buttonLabelColor: text,
  /** Colour of the button, as "#1d74f5". Default "#1d74f5". */
  buttonColor: text,
});

export type CustomOAuthServiceInputs = z.infer<typeof customOAuthServiceInputs>;

export const customOAuthServiceSchema: KindSchema<CustomOAuthServiceInputs> = {
  inputs: customOAuthServiceInputs,
  outputs: {
    /** Address to be registered with the identity provider as the redirect URI. */
    callbackUrl: {},
    /** What the settings held before this resource took them over, by the names of the properties: where `onDestroy: "restore"` leads back to. */
    previousValues: { secret: true },
  },
  destroy: ["restore", "delete", "retain"],
  permissions: [
    { anyOf: ["add-oauth-service"] },
    { anyOf: ["view-privileged-setting"] },
    { anyOf: ["edit-privileged-setting"] },
  ],
  document: {
    section: "customOAuthServices",
    keys: ["name"],
    export: {
      defaults: {
        enabled: true,
        tokenPath: "/oauth/token",
        tokenSentVia: "payload",
        identityPath: "/me",
        identityTokenSentVia: "default",
        authorizePath: "/oauth/authorize",
        scope: "openid",
        accessTokenParam: "access_token",
        loginStyle: "popup",
        keyField: "username",
        rolesClaim: "roles",
        groupsClaim: "groups",
        channelsAdmin: "rocket.cat",
        showButton: true,
        buttonLabelColor: "#FFFFFF",
        buttonColor: "#1d74f5",
      },
    },
  },
};
