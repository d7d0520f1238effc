/** Every argument reaches the setting that recorded servers have for it; SAML goes on last. */
import { describe, expect, it } from "vitest";
import { checkSaml, SamlSignIn, type SamlSignInArgs } from "../../../../provider/components/sign-in/saml.ts";
import { settingsOf, strangers } from "./declared.ts";

const CERTIFICATE = `-----BEGIN CERTIFICATE-----\n${"QUJD".repeat(20)}\n-----END CERTIFICATE-----\n`;

const least: SamlSignInArgs = {
  provider: "keycloak",
  entryPoint: "https://id.example.com/saml",
  issuer: "https://chat.example.com/_saml/metadata/keycloak",
  certificate: CERTIFICATE,
  logoutBehaviour: "Local",
};

const all: SamlSignInArgs = {
  ...least,
  logoutUrl: "https://id.example.com/saml/logout",
  publicCertificate: CERTIFICATE,
  privateKey: "-----BEGIN PRIVATE KEY-----\nQUJD\n-----END PRIVATE KEY-----\n",
  signatureValidation: "Assertion",
  signatureAlgorithm: "SHA256",
  validateLogoutRequest: true,
  validateLogoutResponse: false,
  allowedClockDriftMs: 500,
  buttonLabelText: "Sign in",
  buttonLabelColor: "#fff",
  buttonColor: "#112233",
  attributes: { username: "uid", email: "mail", name: "cn" },
  immutableProperty: "Username",
  usernameNormalize: "Lowercase",
  generateUsername: true,
  nameOverwrite: true,
  mailOverwrite: true,
  defaultRoles: ["user", "guest"],
  updateChannels: true,
  updatePrivateChannels: true,
  debug: false,
};

/** The recording of 7.7.1 has them not. */
const SINCE_8 = [
  "SAML_Custom_Default_signature_algorithm",
  "SAML_Custom_Default_validate_logout_request_signature",
  "SAML_Custom_Default_validate_logout_response_signature",
];

describe("SamlSignIn", () => {
  it("reaches, with all arguments, settings of that id and type on recorded servers", async () => {
    const settings = await settingsOf(() => new SamlSignIn("saml", all));
    expect(settings.size).toBe(Object.keys(all).length + 1);
    expect(strangers(settings, "8.6.1")).toEqual([]);
    expect(strangers(settings, "7.7.1")).toEqual(SINCE_8);
    expect(settings.get("SAML_Custom_Default_user_data_fieldmap")?.value).toBe(
      '{"username":"uid","email":"mail","name":"cn"}',
    );
    expect(settings.get("SAML_Custom_Default_default_user_role")?.value).toBe("user,guest");
    expect([...settings].filter(([, { isSecret }]) => isSecret).map(([id]) => id)).toEqual([
      "SAML_Custom_Default_private_key",
    ]);
  });

  it("switches on after everything else", async () => {
    const settings = await settingsOf(() => new SamlSignIn("saml", least));
    const { SAML_Custom_Default: toggle, ...others } = Object.fromEntries(settings);
    expect(toggle?.value).toBe(true);
    expect(toggle?.dependencies).toEqual(
      Object.values(others)
        .map(({ name }) => name)
        .sort(),
    );
  });

  it.each<[string, object, string]>([
    ["a bad address", { entryPoint: "id.example.com" }, 'entryPoint: must be a valid url, but is "id.example.com"'],
    [
      "a provider with a blank",
      { provider: "my idp" },
      'provider: must consist of letters, digits, - and _, but is "my idp"',
    ],
    [
      "no certificate",
      { certificate: "cert.pem" },
      'certificate: must be a certificate as PEM text, or its base64 alone, but is "cert.pem"',
    ],
    [
      "half a pair",
      { publicCertificate: CERTIFICATE },
      "privateKey: is required: a request is signed with both, `publicCertificate` and `privateKey`",
    ],
    [
      "a key that is none, without its value",
      { publicCertificate: CERTIFICATE, privateKey: "hunter2" },
      "privateKey: must be a private key as PEM text",
    ],
    [
      "no way to log out",
      { logoutBehaviour: undefined },
      'logoutUrl: is required, or `logoutBehaviour: "Local"`: the server\'s own leads to example.com',
    ],
    ["a colour by name", { buttonColor: "red" }, 'buttonColor: must be a colour like #1d74f5, but is "red"'],
    ["no roles at all", { defaultRoles: [] }, "defaultRoles: must not be empty"],
  ])("refuses %s", (_what, change, expected) => {
    expect(checkSaml({ ...least, ...change } as SamlSignInArgs).map(({ reason }) => reason)).toEqual([expected]);
  });
});
