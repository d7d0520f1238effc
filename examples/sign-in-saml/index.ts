/**
 * Sign-in with a SAML 2.0 identity provider. Its certificate lies beside this file; it is public.
 */
import { readFileSync } from "node:fs";
import * as rocketchat from "pulumi-rocketchat";

const provider = "keycloak";
const realm = "https://id.example.com/realms/corp/protocol/saml";

const saml = new rocketchat.SamlSignIn("saml", {
  provider,
  entryPoint: realm,
  logoutUrl: realm,
  issuer: `https://chat.example.com/_saml/metadata/${provider}`,
  certificate: readFileSync("identity-provider.pem", "utf8"),
  attributes: { username: "username", email: "email", name: "name" },
  immutableProperty: "Username",
  buttonLabelText: "Corporate sign-in",
  buttonColor: "#1d74f5",
});

export const enabled = saml.enabled;
