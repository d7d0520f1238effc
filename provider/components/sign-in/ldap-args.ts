/** What can be said of sign-in with LDAP, and the setting behind each argument. Knows no resources. */
import { z } from "zod";
import { field } from "../../engine/schema.ts";

const text = z.string().optional();
const flag = z.boolean().optional();
const milliseconds = z.number().int().min(0).optional();
const attribute = z.string().min(1).optional();

/** `ou=people,dc=example,dc=com`: parts of attribute and value, with commas between them. */
const DN = /^\s*[A-Za-z][\w.-]*\s*=\s*(?:\\.|[^,\\])+(?:,\s*[A-Za-z][\w.-]*\s*=\s*(?:\\.|[^,\\])+)*$/;

const groupFilter = z.strictObject({
  /** Name of the group whose members may sign in. The server's default is "ROCKET_CHAT". */
  name: z.string().min(1),
  /** Object class of groups. The server's default is "groupOfUniqueNames". */
  objectClass: attribute,
  /** Attribute that holds a group's name. The server's default is "cn". */
  idAttribute: attribute,
  /** Attribute that holds its members. The server's default is "uniqueMember". */
  memberAttribute: attribute,
  /** How a member is written there: `uid=#{username},ou=people,dc=example,dc=com`; `#{userdn}` is the whole DN. */
  memberFormat: text,
});

export const ldapInputs = z.strictObject({
  /** Name or address of the directory server, without `ldap://`. */
  host: z
    .string()
    .regex(/^[^\s/:]+$|^\[?[0-9a-fA-F:]+\]?$/, "must be a host name or an address, without ldap:// and without a port"),
  /** TCP port. Default: the server's, 389; 636 goes with `encryption: "ssl"`. */
  port: z.number().int().min(1).max(65_535).optional(),
  /** Connects again when the connection is lost. */
  reconnect: flag,
  /** "plain", "tls" (STARTTLS on the plain port), or "ssl" (LDAPS). With "plain", passwords cross the network in clear. Default: the server's, "plain". */
  encryption: z.enum(["plain", "tls", "ssl"]).optional(),
  /** Certificate of the authority that signed the directory's, as PEM text. */
  caCertificate: text,
  /** Refuses certificates that no known authority signed. Default: the server's, true. */
  rejectUnauthorized: flag,
  /** Account that searches: a DN, or `user@domain` on Active Directory. Together with `bindPassword`. Default: searches without an account. */
  bindDn: z.string().min(1).optional(),
  /** Password of `bindDn`. */
  bindPassword: field(z.string().min(1).optional(), { secret: true }),
  /** Where people are searched: `ou=people,dc=example,dc=com`. */
  baseDn: z.string().regex(DN, "must be a DN, like ou=people,dc=example,dc=com"),
  /** Filter of the search, in brackets. Default: the server's, `(objectclass=*)`. */
  userSearchFilter: z
    .string()
    .regex(/^\(.*\)$/s, "must be a filter in brackets, like (objectclass=person)")
    .optional(),
  /** How deep the search goes below `baseDn`. Default: the server's, "sub". */
  userSearchScope: z.enum(["base", "one", "sub"]).optional(),
  /** Attribute that people sign in with; several with commas. The server's default: `sAMAccountName` (Active Directory), else `uid`. */
  userSearchField: attribute,
  /** Entries per page of a search. 0: no paging. */
  searchPageSize: z.number().int().min(0).optional(),
  /** Most entries of a search. 0: no limit. */
  searchSizeLimit: z.number().int().min(0).optional(),
  /** Lets only members of one group sign in. */
  groupFilter: groupFilter.optional(),
  /** Attributes that identify a person for ever; several with commas, the first that is there counts. */
  uniqueIdentifierField: attribute,
  /** Attribute of the username. */
  usernameField: attribute,
  /** Attribute of the e-mail address. */
  emailField: attribute,
  /** Attribute of the display name; `#{givenName} #{sn}` puts several together. */
  nameField: attribute,
  /** Attribute of the picture. */
  avatarField: text,
  /** Takes pictures over. Default: the server's, true. */
  syncAvatars: flag,
  /** Domain that usernames without one get. */
  defaultDomain: text,
  /** Signs in with the password stored by Rocket.Chat when the directory does not know the person. Default: the server's, false. */
  loginFallback: flag,
  /** Takes over existing accounts with the same username. Default: the server's, false. */
  mergeExistingUsers: flag,
  /** Searches a person once more after signing in, to be sure. Default: the server's, true. */
  findUserAfterLogin: flag,
  /** Brings the account's data up to date at each sign-in. Default: the server's, true. */
  updateDataOnLogin: flag,
  /** Milliseconds until a connection counts as failed. Default: the server's, 1,000. */
  connectTimeoutMs: milliseconds,
  /** Milliseconds until an answer counts as failed. Default: the server's, 60,000. */
  timeoutMs: milliseconds,
  /** Milliseconds after which an unused connection is closed. Default: the server's, 1,000. */
  idleTimeoutMs: milliseconds,
});

export type LdapInputs = z.infer<typeof ldapInputs>;

/** By argument. Those with `{AD}` are another setting on Active Directory. */
export const LDAP_SETTINGS: Readonly<Record<Exclude<keyof LdapInputs, "groupFilter">, string>> = {
  host: "LDAP_Host",
  port: "LDAP_Port",
  reconnect: "LDAP_Reconnect",
  encryption: "LDAP_Encryption",
  caCertificate: "LDAP_CA_Cert",
  rejectUnauthorized: "LDAP_Reject_Unauthorized",
  bindDn: "LDAP_Authentication_UserDN",
  bindPassword: "LDAP_Authentication_Password",
  baseDn: "LDAP_BaseDN",
  userSearchFilter: "LDAP_User_Search_Filter",
  userSearchScope: "LDAP_User_Search_Scope",
  userSearchField: "LDAP_{AD}User_Search_Field",
  searchPageSize: "LDAP_Search_Page_Size",
  searchSizeLimit: "LDAP_Search_Size_Limit",
  uniqueIdentifierField: "LDAP_Unique_Identifier_Field",
  usernameField: "LDAP_{AD}Username_Field",
  emailField: "LDAP_{AD}Email_Field",
  nameField: "LDAP_{AD}Name_Field",
  avatarField: "LDAP_Avatar_Field",
  syncAvatars: "LDAP_Sync_User_Avatar",
  defaultDomain: "LDAP_Default_Domain",
  loginFallback: "LDAP_Login_Fallback",
  mergeExistingUsers: "LDAP_Merge_Existing_Users",
  findUserAfterLogin: "LDAP_Find_User_After_Login",
  updateDataOnLogin: "LDAP_Update_Data_On_Login",
  connectTimeoutMs: "LDAP_Connect_Timeout",
  timeoutMs: "LDAP_Timeout",
  idleTimeoutMs: "LDAP_Idle_Timeout",
};

export const GROUP_SETTINGS: Readonly<Record<keyof z.infer<typeof groupFilter>, string>> = {
  name: "LDAP_Group_Filter_Group_Name",
  objectClass: "LDAP_Group_Filter_ObjectClass",
  idAttribute: "LDAP_Group_Filter_Group_Id_Attribute",
  memberAttribute: "LDAP_Group_Filter_Group_Member_Attribute",
  memberFormat: "LDAP_Group_Filter_Group_Member_Format",
};

export const LDAP_SWITCH = "LDAP_Enable";
export const LDAP_TYPE = "LDAP_Server_Type";
export const LDAP_BIND_SWITCH = "LDAP_Authentication";
export const LDAP_GROUP_SWITCH = "LDAP_Group_Filter_Enable";

/** The setting's id on this type of server. */
export const ldapId = (id: string, isActiveDirectory: boolean): string =>
  id.replace("{AD}", isActiveDirectory ? "AD_" : "");
