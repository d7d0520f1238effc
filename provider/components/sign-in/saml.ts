/** The component that programs use for sign-in with SAML 2.0: its arguments, the setting behind each, and the order. */
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { Failure } from "../../engine/check.ts";
import { field } from "../../engine/schema.ts";
import type { Args } from "../../kinds/base/resource.ts";
import { settingSchema } from "../../kinds/setting/schema.ts";
import { type CommonSignInArgs, checkMethod, declareMethod, type Piece, plainText, refuse, say } from "./method.ts";

const KIND = "SamlSignIn";
const SWITCH = "SAML_Custom_Default";

const flag = z.boolean().optional();
const httpUrl = z.url({ protocol: /^https?$/ });
const colour = z
  .string()
  .regex(/^#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})$/, "must be a colour like #1d74f5")
  .optional();
/** The server takes the identity provider's certificate with or without its first and last line. */
const CERTIFICATE =
  /^\s*(?:-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----|[A-Za-z0-9+/=\s]{40,})\s*$/;

export const samlInputs = z.strictObject({
  /** Short name of the identity provider: part of the addresses that it calls, `/_saml/validate/<provider>`. Letters, digits, `-` and `_`. */
  provider: z.string().regex(/^[\w-]+$/, "must consist of letters, digits, - and _"),
  /** Address at the identity provider that people are sent to. */
  entryPoint: httpUrl,
  /** Address at the identity provider that ends sessions there. The server's default leads to example.com: name it, or use `logoutBehaviour: "Local"`. */
  logoutUrl: httpUrl.optional(),
  /** Entity id of this workspace, usually the address of its metadata: `https://chat.example.com/_saml/metadata/<provider>`. */
  issuer: z.string().min(1),
  /** Certificate that the identity provider signs with, as PEM text or its base64 alone. */
  certificate: z.string().regex(CERTIFICATE, "must be a certificate as PEM text, or its base64 alone"),
  /** Certificate of this workspace as PEM text, for requests that are signed. Together with `privateKey`. */
  publicCertificate: z.string().regex(CERTIFICATE, "must be a certificate as PEM text").optional(),
  /** Private key of this workspace as PEM text. */
  privateKey: field(z.string().min(1).optional(), { secret: true }),
  /** What of an answer must be signed. Default: the server's, "All": response and assertion. */
  signatureValidation: z.enum(["Response", "Assertion", "Either", "All"]).optional(),
  /** Algorithm that requests are signed with, as the server names it: "SHA256". Rocket.Chat 8.x and newer. Default: the server's, "SHA1". */
  signatureAlgorithm: z.string().min(1).optional(),
  /** Requires signed log-out requests. Rocket.Chat 8.x and newer. Default: the server's, true. */
  validateLogoutRequest: flag,
  /** Requires signed answers to log-out requests. Rocket.Chat 8.x and newer. Default: the server's, true. */
  validateLogoutResponse: flag,
  /** Milliseconds that clocks may differ. Default: the server's, 0. */
  allowedClockDriftMs: z.number().int().min(0).optional(),
  /** Text of the button. Default: the server's, "SAML". */
  buttonLabelText: z.string().optional(),
  /** Colour of the button's text. */
  buttonLabelColor: colour,
  /** Colour of the button. */
  buttonColor: colour,
  /** Names of the answer's attributes by the account's: `{ username: "uid", email: "mail", name: "cn" }`. All that are to be taken over must be named. */
  attributes: z.record(z.string(), z.string()).optional(),
  /** What ties a sign-in to an account. Default: the server's, "EMail". */
  immutableProperty: z.enum(["EMail", "Username"]).optional(),
  /** Whether usernames are written in lower case. Default: the server's, "None". */
  usernameNormalize: z.enum(["None", "Lowercase"]).optional(),
  /** Makes up a username where none is sent. Default: the server's, false. */
  generateUsername: flag,
  /** Each sign-in overwrites the display name. Default: the server's, false. */
  nameOverwrite: flag,
  /** Each sign-in overwrites the e-mail address. Default: the server's, false. */
  mailOverwrite: flag,
  /** Ids of the roles of accounts that a first sign-in makes. Default: the server's, `["user"]`. */
  defaultRoles: z.array(z.string().min(1)).min(1).optional(),
  /** Each sign-in puts people into the rooms that the attribute `channels` names. Default: the server's, false. */
  updateChannels: flag,
  /** Also takes them out of private rooms that it does not name. Default: the server's, false. */
  updatePrivateChannels: flag,
  /** "SAML" ends the session at the identity provider, too; "Local" only here. Default: the server's, "SAML". */
  logoutBehaviour: z.enum(["SAML", "Local"]).optional(),
  /** Writes what goes to and comes from the identity provider to the server's log. Default: the server's, false. */
  debug: flag,
});

export type SamlInputs = z.infer<typeof samlInputs>;

export const SAML_SETTINGS: Readonly<Record<keyof SamlInputs, string>> = {
  provider: `${SWITCH}_provider`,
  entryPoint: `${SWITCH}_entry_point`,
  logoutUrl: `${SWITCH}_idp_slo_redirect_url`,
  issuer: `${SWITCH}_issuer`,
  certificate: `${SWITCH}_cert`,
  publicCertificate: `${SWITCH}_public_cert`,
  privateKey: `${SWITCH}_private_key`,
  signatureValidation: `${SWITCH}_signature_validation_type`,
  signatureAlgorithm: `${SWITCH}_signature_algorithm`,
  validateLogoutRequest: `${SWITCH}_validate_logout_request_signature`,
  validateLogoutResponse: `${SWITCH}_validate_logout_response_signature`,
  allowedClockDriftMs: `${SWITCH}_allowed_clock_drift`,
  buttonLabelText: `${SWITCH}_button_label_text`,
  buttonLabelColor: `${SWITCH}_button_label_color`,
  buttonColor: `${SWITCH}_button_color`,
  attributes: `${SWITCH}_user_data_fieldmap`,
  immutableProperty: `${SWITCH}_immutable_property`,
  usernameNormalize: `${SWITCH}_username_normalize`,
  generateUsername: `${SWITCH}_generate_username`,
  nameOverwrite: `${SWITCH}_name_overwrite`,
  mailOverwrite: `${SWITCH}_mail_overwrite`,
  defaultRoles: `${SWITCH}_default_user_role`,
  updateChannels: `${SWITCH}_channels_update`,
  updatePrivateChannels: `${SWITCH}_include_private_channels_update`,
  logoutBehaviour: `${SWITCH}_logout_behaviour`,
  debug: `${SWITCH}_debug`,
};

export interface SamlSignInArgs extends Args<SamlInputs>, CommonSignInArgs {}

const schema = z.strictObject({
  ...samlInputs.shape,
  enabled: flag,
  settings: z.record(z.string(), z.unknown()).optional(),
  onDestroy: z.enum(settingSchema.destroy).optional(),
} satisfies Record<keyof SamlSignInArgs, z.ZodType>);

const OWN = new Map([
  ...Object.entries(SAML_SETTINGS).map(([argument, id]) => [id, argument] as const),
  [SWITCH, "enabled"] as const,
]);

/** Arguments that the settings hold as one text. */
const AS_TEXT: Readonly<Record<string, (value: unknown) => string>> = {
  attributes: (value) => JSON.stringify(value),
  defaultRoles: (value) => (value as string[]).join(","),
};

/** What is wrong with the arguments, as far as they are known. */
export function checkSaml(args: SamlSignInArgs): Failure[] {
  const { known, failures } = checkMethod(schema, args, { prefixes: [`${SWITCH}_`], own: OWN });
  if ((known.publicCertificate === undefined) !== (known.privateKey === undefined)) {
    const missing = known.publicCertificate === undefined ? "publicCertificate" : "privateKey";
    failures.push(say(missing, `is required: a request is signed with both, \`publicCertificate\` and \`privateKey\``));
  }
  if (known.logoutUrl === undefined && known.logoutBehaviour !== "Local") {
    failures.push(
      say("logoutUrl", 'is required, or `logoutBehaviour: "Local"`: the server\'s own leads to example.com'),
    );
  }
  const key = plainText(known.privateKey);
  if (key !== undefined && !key.includes("PRIVATE KEY-----")) {
    failures.push(say("privateKey", "must be a private key as PEM text"));
  }
  return failures;
}

const piecesOf = (args: SamlSignInArgs): Piece[] =>
  Object.entries(SAML_SETTINGS).map(([argument, settingId]): Piece => {
    const value = (args as unknown as Record<string, Piece["value"]>)[argument];
    const asText = AS_TEXT[argument];
    return {
      argument,
      settingId,
      value: asText && value !== undefined ? pulumi.output(value).apply(asText) : value,
      secret: argument === "privateKey",
    };
  });

/**
 * Sign-in with a SAML 2.0 identity provider: one Setting per argument, and SAML is switched on when all of them are written.
 *
 * @example Smallest
 * ```ts
 * new rocketchat.SamlSignIn("saml", {
 *   provider: "keycloak",
 *   entryPoint: "https://id.example.com/realms/corp/protocol/saml",
 *   logoutUrl: "https://id.example.com/realms/corp/protocol/saml",
 *   issuer: "https://chat.example.com/_saml/metadata/keycloak",
 *   certificate: config.require("idpCertificate"),
 *   attributes: { username: "username", email: "email", name: "name" },
 * });
 * ```
 *
 * @example Signed requests, no log-out at the identity provider
 * ```ts
 * new rocketchat.SamlSignIn("saml", {
 *   provider: "adfs",
 *   entryPoint: "https://fs.example.com/adfs/ls",
 *   issuer: "https://chat.example.com/_saml/metadata/adfs",
 *   certificate: fs.readFileSync("adfs.pem", "utf8"),
 *   publicCertificate: fs.readFileSync("chat.pem", "utf8"),
 *   privateKey: config.requireSecret("samlKey"),
 *   logoutBehaviour: "Local",
 *   immutableProperty: "Username",
 *   buttonLabelText: "Corporate sign-in",
 * });
 * ```
 *
 * Needs the permissions of Setting. Role synchronisation and templates need a licence: `settings` takes their ids.
 *
 * When it is removed from the program, SAML is switched off first; then its settings become what they were before.
 */
export class SamlSignIn extends pulumi.ComponentResource {
  /** Whether people can sign in with it. */
  readonly enabled: pulumi.Output<boolean>;

  constructor(name: string, args: SamlSignInArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super(`rocketchat:components:${KIND}`, name, {}, opts);
    const failures = checkSaml(args);
    if (failures.length > 0) {
      this.enabled = refuse(KIND, name, failures);
      return;
    }
    this.enabled = declareMethod(this, name, piecesOf(args), SWITCH, args);
    this.registerOutputs({ enabled: this.enabled });
  }
}
