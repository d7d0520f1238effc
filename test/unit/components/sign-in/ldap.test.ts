/** Every argument reaches the setting that recorded servers have for it; LDAP goes on last and off first. */
import { secret } from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { checkLdap, LdapSignIn, type LdapSignInArgs } from "../../../../provider/components/sign-in/ldap.ts";
import { settingsOf, strangers } from "./declared.ts";

const least: LdapSignInArgs = { serverType: "other", host: "ldap.example.com", baseDn: "ou=people,dc=example,dc=com" };

const all: LdapSignInArgs = {
  serverType: "ad",
  host: "dc1.corp.example.com",
  port: 636,
  reconnect: true,
  encryption: "ssl",
  caCertificate: "-----BEGIN CERTIFICATE-----",
  rejectUnauthorized: true,
  bindDn: "chat@corp.example.com",
  bindPassword: "directory-Passw0rd",
  baseDn: "OU=People, DC=corp,DC=example,DC=com",
  userSearchFilter: "(&(objectCategory=person)(cn=A\\28B\\29*))",
  userSearchScope: "one",
  userSearchField: "mail",
  searchPageSize: 100,
  searchSizeLimit: 0,
  groupFilter: {
    name: "chat",
    objectClass: "group",
    idAttribute: "cn",
    memberAttribute: "member",
    memberFormat: "#{userdn}",
  },
  uniqueIdentifierField: "objectGUID",
  usernameField: "sAMAccountName",
  emailField: "mail",
  nameField: "displayName",
  avatarField: "thumbnailPhoto",
  syncAvatars: false,
  defaultDomain: "corp.example.com",
  loginFallback: false,
  mergeExistingUsers: true,
  findUserAfterLogin: true,
  updateDataOnLogin: true,
  connectTimeoutMs: 2_000,
  timeoutMs: 30_000,
  idleTimeoutMs: 500,
  settings: { LDAP_Update_Data_On_OAuth_Login: true },
  onDestroy: "default",
};

describe("LdapSignIn", () => {
  it("declares what is said, and nothing else", async () => {
    const settings = await settingsOf(() => new LdapSignIn("ldap", least));
    expect(Object.fromEntries([...settings].map(([id, { value }]) => [id, value]))).toEqual({
      LDAP_Server_Type: "",
      LDAP_Host: "ldap.example.com",
      LDAP_BaseDN: "ou=people,dc=example,dc=com",
      LDAP_Authentication: false,
      LDAP_Enable: true,
    });
    expect([...settings.values()].every(({ parent }) => parent === "ldap")).toBe(true);
  });

  it("reaches, with all arguments, settings of that id and type on servers of both recorded releases", async () => {
    const settings = await settingsOf(() => new LdapSignIn("ldap", all));
    expect(strangers(settings, "7.7.1")).toEqual([]);
    expect(strangers(settings, "8.6.1")).toEqual([]);
    expect(settings.get("LDAP_AD_Username_Field")?.value).toBe("sAMAccountName");
    expect(settings.has("LDAP_Username_Field")).toBe(false);
    expect(settings.get("LDAP_Group_Filter_Enable")?.value).toBe(true);
    expect(settings.get("LDAP_Group_Filter_Group_Name")?.value).toBe("chat");
    expect(settings.get("LDAP_Update_Data_On_OAuth_Login")?.value).toBe(true);
    const ofArguments = Object.keys(all).filter(
      (key) => !["settings", "onDestroy", "groupFilter"].includes(key),
    ).length;
    // The group's five and its switch, one by its id, the account's switch, and LDAP's own.
    expect(settings.size).toBe(ofArguments + 6 + 1 + 1 + 1);
    expect([...settings.values()].every(({ onDestroy }) => onDestroy === "default")).toBe(true);
    expect([...settings].filter(([, { isSecret }]) => isSecret).map(([id]) => id)).toEqual([
      "LDAP_Authentication_Password",
    ]);
  });

  it("switches on after everything else", async () => {
    const settings = await settingsOf(() => new LdapSignIn("ldap", all));
    const { LDAP_Enable: toggle, ...others } = Object.fromEntries(settings);
    expect(toggle?.dependencies).toEqual(
      Object.values(others)
        .map(({ name }) => name)
        .sort(),
    );
    expect(Object.values(others).flatMap(({ dependencies }) => dependencies)).toEqual([]);
  });

  it("switches off before anything else", async () => {
    const settings = await settingsOf(() => new LdapSignIn("ldap", { ...least, enabled: false }));
    const { LDAP_Enable: toggle, ...others } = Object.fromEntries(settings);
    expect(toggle).toMatchObject({ value: false, dependencies: [] });
    expect(Object.values(others).every(({ dependencies }) => dependencies.join() === toggle?.name)).toBe(true);
  });

  it.each<[string, object, string]>([
    ["no host", { host: undefined }, "host: is required and must be a string"],
    [
      "an address as host",
      { host: "ldap://ldap.example.com" },
      'host: must be a host name or an address, without ldap:// and without a port, but is "ldap://ldap.example.com"',
    ],
    ["a port out of range", { port: 70_000 }, "port: must be at most 65535, but is the number 70000"],
    [
      "no DN",
      { baseDn: "example.com" },
      'baseDn: must be a DN, like ou=people,dc=example,dc=com, but is "example.com"',
    ],
    [
      "a filter without brackets",
      { userSearchFilter: "cn=a" },
      'userSearchFilter: must be a filter in brackets, like (objectclass=person), but is "cn=a"',
    ],
    ["brackets that do not match", { userSearchFilter: "((cn=a)" }, "userSearchFilter: has brackets that do not match"],
    ["an unknown type", { serverType: "openldap" }, 'serverType: must be one of "ad", "other", but is "openldap"'],
    ["a slip", { baseDN: "dc=example" }, 'baseDN: no such argument; did you mean "baseDn"?'],
    ["an account without password", { bindDn: "cn=chat" }, "bindPassword: is required beside `bindDn`"],
    ["a password without account", { bindPassword: "hunter2" }, "bindDn: is required beside `bindPassword`"],
    [
      "LDAPS without port",
      { encryption: "ssl" },
      'port: is required with `encryption: "ssl"`: the server would use 389; LDAPS is usually at 636',
    ],
    [
      "a certificate for nothing",
      { encryption: "plain", caCertificate: "x" },
      'caCertificate: is not used with `encryption: "plain"`; choose "tls" or "ssl"',
    ],
    [
      "an argument as a setting",
      { settings: { LDAP_Host: "x" } },
      "settings.LDAP_Host: is said with the argument `host`",
    ],
    [
      "a setting of another method",
      { settings: { Site_Name: "x" } },
      "settings.Site_Name: belongs to another method; allowed: ids that begin with LDAP_",
    ],
    [
      "a group without name",
      { groupFilter: { objectClass: "group" } },
      "groupFilter.name: is required and must be a string",
    ],
  ])("refuses %s", (_what, change, expected) => {
    expect(checkLdap({ ...least, ...change } as LdapSignInArgs).map(({ reason }) => reason)).toEqual([expected]);
  });

  it("judges nothing that is not known yet, and shows no password", () => {
    const later = secret("x");
    expect(checkLdap({ ...least, host: later, baseDn: later, bindDn: later, bindPassword: later })).toEqual([]);
    const wrong = checkLdap({ ...least, bindDn: "cn=a", bindPassword: 4711 as never });
    expect(wrong).toHaveLength(1);
    expect(wrong[0]?.reason).not.toContain("4711");
  });
});
