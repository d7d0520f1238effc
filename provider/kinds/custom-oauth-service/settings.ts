/** Which setting each property of a custom OAuth service is, and in what form. Pure. */
import type { CustomOAuthServiceInputs } from "./schema.ts";

export type Property = Exclude<keyof CustomOAuthServiceInputs, "name">;

/** The ends of the settings' ids; `enabled` is the one without an end. */
const ENDS: Readonly<Record<Property, string>> = {
  enabled: "",
  url: "-url",
  tokenPath: "-token_path",
  tokenSentVia: "-token_sent_via",
  identityPath: "-identity_path",
  identityTokenSentVia: "-identity_token_sent_via",
  authorizePath: "-authorize_path",
  scope: "-scope",
  accessTokenParam: "-access_token_param",
  clientId: "-id",
  clientSecret: "-secret",
  loginStyle: "-login_style",
  keyField: "-key_field",
  usernameField: "-username_field",
  emailField: "-email_field",
  nameField: "-name_field",
  avatarField: "-avatar_field",
  rolesClaim: "-roles_claim",
  groupsClaim: "-groups_claim",
  rolesToSync: "-roles_to_sync",
  mergeUsers: "-merge_users",
  mergeUsersDistinctServices: "-merge_users_distinct_services",
  mergeRoles: "-merge_roles",
  mapChannels: "-map_channels",
  groupsChannelMap: "-groups_channel_map",
  channelsAdmin: "-channels_admin",
  showButton: "-show_button",
  buttonLabelText: "-button_label_text",
  buttonLabelColor: "-button_label_color",
  buttonColor: "-button_color",
};

export const PROPERTIES = Object.keys(ENDS) as Property[];

/** The switch's id, which all others begin with: `myidp` is `Accounts_OAuth_Custom-Myidp`. */
export const switchOf = (name: string): string =>
  `Accounts_OAuth_Custom-${name.charAt(0).toUpperCase()}${name.slice(1).toLowerCase()}`;

export const settingOf = (name: string, property: Property): string => switchOf(name) + ENDS[property];

/** The name inside a switch's id; undefined for every other setting. */
export const nameOfSwitch = (id: string): string | undefined =>
  /^Accounts_OAuth_Custom-([A-Za-z0-9_]+)$/.exec(id)?.[1]?.toLowerCase();

/** The map of groups is kept as JSON text. */
export const toSetting = (property: Property, value: unknown): unknown =>
  property === "groupsChannelMap" ? JSON.stringify(value) : value;

export function fromSetting(property: Property, value: unknown): unknown {
  if (property !== "groupsChannelMap" || typeof value !== "string") return value;
  try {
    return JSON.parse(value === "" ? "{}" : value);
  } catch {
    // Written by hand, and broken: differs from everything that can be declared.
    return value;
  }
}
