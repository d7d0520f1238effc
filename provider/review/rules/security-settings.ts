/** Which of a server's settings decide about safety. Names of settings, nothing else. */

/** Switches of whole ways to sign in: `LDAP_Enable`, `Accounts_OAuth_Google`, `SAML_Custom_Default` … */
const SIGN_IN_SWITCH =
  /^(?:LDAP_Enable|CROWD_Enable|CAS_enabled|SAML_Custom_[^_]+|Accounts_OAuth_(?:Custom-)?[^_]+|Accounts_ShowFormLogin|Accounts_iframe_enabled)$/;

const SECURITY: readonly RegExp[] = [
  // Who gets in, and how well that is proved.
  /^Accounts_(?:RegistrationForm|AllowAnonymous|TwoFactorAuthentication|Password_Policy|ManuallyApproveNewUsers|EmailVerification)/,
  /^Accounts_(?:AllowedDomainsList|BlockedDomainsList|BlockedUsernameList|AllowPasswordChange|LoginExpiration|ForgetUserSessionOnWindowClose)$/,
  /^Accounts_(?:Registration_|AllowDeleteOwnAccount|AllowUserProfileChange|PasswordReset|RequirePasswordConfirmation|Default_User|Verify_Email|iframe)/,
  /^(?:Block_Multiple_Failed_Logins|LDAP_|SAML_Custom_|CAS_|CROWD_|Accounts_OAuth_)/,
  // What a browser or another site may do.
  /^(?:API_|Iframe_|Enable_CSP|Content_Security_Policy|Force_SSL|Site_Url|Extra_CSP_Domains|Custom_Script_|CDN_PREFIX)/,
  /^(?:DDP_Rate_Limit_|Rate_Limiter_|Apps_Framework_)/,
  // Where contents lie, and for whom.
  /^(?:FileUpload_|E2E_|RetentionPolicy_|Federation_|FEDERATION_|Push_|SMTP_)/,
];

export const isSignInSwitch = (id: string): boolean => SIGN_IN_SWITCH.test(id);
export const isSecuritySetting = (id: string): boolean => SECURITY.some((pattern) => pattern.test(id));
