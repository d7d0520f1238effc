/** The list of settings that decide about safety, held against what real servers have. */
import { describe, expect, test } from "vitest";
import { CONCERNS, concernOf, isSignInSwitch, SIGN_IN } from "../../../../provider/review/rules/security-settings.ts";
import { VERSIONS } from "../../../../provider/sandbox/core/state.ts";
import { builtInSettings } from "../../../../provider/sandbox/data/catalogue.ts";

const settings = VERSIONS.flatMap((version) => Object.values(builtInSettings(version)));
const known = new Set(settings.map(({ _id }) => _id));

test("every id of the list is one of a recorded server, but for those that are said to be elsewhere", () => {
  const patterns = CONCERNS.flatMap(({ ids }) => ids);
  const lost = [...SIGN_IN, ...patterns].filter((pattern) =>
    pattern.endsWith("*") ? ![...known].some((id) => id.startsWith(pattern.slice(0, -1))) : !known.has(pattern),
  );
  expect(lost).toEqual([]);
  const found = CONCERNS.flatMap(({ elsewhere = [] }) => elsewhere).filter((id) => known.has(id));
  expect(found).toEqual([]);
  expect(new Set(patterns).size).toBe(patterns.length);
});

/** Sections of the administration pages in which everything that a server has decides about safety. */
const SECTIONS = [
  "Two Factor Authentication",
  "Login_Attempts",
  "Login_Logs",
  "Password_Policy",
  "Password_History",
  "Iframe",
  "Iframe_Integration",
  "SSRF_Protection",
  "API_Rate_Limiter",
  "DDP_Rate_Limiter",
  "Feature_Limiting",
  "Custom_Scripts",
  "LDAP_Connection_Authentication",
  "LDAP_Connection_Encryption",
  "LDAP_UserSearch_GroupFilter",
  "SAML_Section_2_Certificate",
  "Global Policy",
];

test.each(SECTIONS)("nothing of the section %s is missing", (section) => {
  const own = settings.filter((setting) => setting.section === section);
  expect(own).not.toEqual([]);
  const missing = own.filter(({ _id }) => concernOf(_id) === undefined && !isSignInSwitch(_id));
  expect(missing.map(({ _id }) => _id)).toEqual([]);
});

test("every switch of a sign-in service is known as one, and nothing else of it", () => {
  const switches = settings.filter(({ group, section, _id, value }) => {
    return group === "OAuth" && section !== "Proxy" && typeof value === "boolean" && !_id.endsWith("_merge_users");
  });
  expect(switches.length).toBeGreaterThan(20);
  expect(switches.filter(({ _id }) => !isSignInSwitch(_id)).map(({ _id }) => _id)).toEqual([]);
  expect(isSignInSwitch("Accounts_OAuth_Custom-Sso")).toBe(true);
  expect(isSignInSwitch("Accounts_OAuth_Custom-Sso-url")).toBe(false);
});

describe("what a setting decides", () => {
  test.each([
    ["Accounts_RegistrationForm", "who can get an account"],
    ["Accounts_Iframe_api_url", "how people sign in through another service"],
    ["Accounts_OAuth_Custom-Sso-url", "how people sign in through another service"],
    ["Allow_Invalid_SelfSigned_Certs", "which servers this one calls and trusts"],
    ["FileUpload_ProtectFiles", "who reads uploaded files, and where they lie"],
    ["E2E_Enable", "which messages the server can't read"],
    ["ABAC_Enabled", "who may enter which room"],
  ])("%s: %s", (id, about) => {
    expect(concernOf(id)).toBe(about);
  });

  test.each([
    "Site_Name",
    "Accounts_Default_User_Preferences_sendOnEnter",
    "SAML_Custom_Default_button_color",
    "FileUpload_MaxFileSize",
    "API_Embed_clear_cache_now",
  ])("%s: nothing", (id) => {
    expect(concernOf(id)).toBeUndefined();
  });
});
