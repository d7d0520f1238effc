/**
 * Which of a server's settings decide about safety, and what each decides. Data; knows no change. Seen in the settings of running servers
 * (7.7.1 and 8.6.1, Community) and, what those don't have, in the source of Rocket.Chat (develop, 8.x).
 */

export interface Concern {
  /** What such a setting decides: "who can get an account". */
  readonly about: string;
  /** Ids; with a `*` at its end, all that begin so. */
  readonly ids: readonly string[];
  /** Of those ids, what decides nothing of weight. */
  readonly except?: RegExp;
  /** Ids that a server without a licence doesn't have or hides, or that only another release has. */
  readonly elsewhere?: readonly string[];
}

/** Switches of whole ways to sign in. */
export const SIGN_IN: readonly string[] = [
  "LDAP_Enable",
  "CROWD_Enable",
  "CAS_enabled",
  "SAML_Custom_Default",
  "Accounts_ShowFormLogin",
  "Accounts_iframe_enabled",
  "Accounts_OAuth_Apple",
  "Accounts_OAuth_Dolphin",
  "Accounts_OAuth_Drupal",
  "Accounts_OAuth_Facebook",
  "Accounts_OAuth_GitHub_Enterprise",
  "Accounts_OAuth_Github",
  "Accounts_OAuth_Gitlab",
  "Accounts_OAuth_Google",
  "Accounts_OAuth_Linkedin",
  "Accounts_OAuth_Meteor",
  "Accounts_OAuth_Nextcloud",
  "Accounts_OAuth_Tokenpass",
  "Accounts_OAuth_Twitter",
  "Accounts_OAuth_Wordpress",
];

/** The switch of a custom OAuth service; what else it has comes after another dash. */
const CUSTOM_SERVICE = /^Accounts_OAuth_Custom-[^-]+$/;

const LOOKS = /_(?:button_|popup_|autoclose$|login_style$|callback_url$|Avatar_Field$|Sync_User_Avatar$)/;

export const CONCERNS: readonly Concern[] = [
  {
    about: "who can get an account",
    ids: [
      "Accounts_RegistrationForm",
      "Accounts_RegistrationForm_SecretURL",
      "Accounts_Registration_AuthenticationServices_Enabled",
      "Accounts_ManuallyApproveNewUsers",
      "Accounts_EmailVerification",
      "Accounts_Verify_Email_For_External_Accounts",
      "Accounts_AllowedDomainsList",
      "Accounts_BlockedDomainsList",
      "Accounts_UseDefaultBlockedDomainsList",
      "Accounts_UseDNSDomainCheck",
      "Accounts_BlockedUsernameList",
      "Show_Setup_Wizard",
    ],
    elsewhere: ["Accounts_SystemBlockedUsernameList"],
  },
  {
    about: "which roles new accounts have",
    ids: ["Accounts_Registration_AuthenticationServices_Default_Roles", "Accounts_Registration_Users_Default_Roles"],
  },
  {
    about: "what can be read or written without an account",
    ids: [
      "Accounts_AllowAnonymousRead",
      "Accounts_AllowAnonymousWrite",
      "Accounts_AvatarBlockUnauthenticatedAccess",
      "API_Enable_Shields",
      "API_Shield_Types",
      "API_Shield_user_require_auth",
    ],
  },
  {
    about: "how well a log-in is proved",
    ids: [
      "Accounts_TwoFactorAuthentication_*",
      "Accounts_twoFactorAuthentication_email_available_for_OAuth_users",
      "Accounts_Password_Policy_*",
      "Accounts_Password_History_*",
      "Accounts_RequirePasswordConfirmation",
    ],
  },
  { about: "how often a password can be tried", ids: ["Block_Multiple_Failed_Logins_*"] },
  {
    about: "how long a log-in lasts",
    ids: ["Accounts_LoginExpiration", "Accounts_ForgetUserSessionOnWindowClose", "Force_Screen_Lock*"],
  },
  {
    about: "what people change in their own account",
    ids: [
      "Accounts_AllowUserProfileChange",
      "Accounts_AllowEmailChange",
      "Accounts_AllowUsernameChange",
      "Accounts_AllowRealNameChange",
      "Accounts_AllowPasswordChange",
      "Accounts_AllowPasswordChangeForOAuthUsers",
      "Accounts_AllowDeleteOwnAccount",
      "Accounts_PasswordReset",
    ],
  },
  {
    about: "how people sign in through another service",
    ids: [
      "LDAP_*",
      "SAML_Custom_*",
      "CAS_*",
      "CROWD_*",
      "Accounts_OAuth_*",
      "API_Drupal_URL",
      "API_GitHub_Enterprise_URL",
      "API_Gitlab_URL",
      "API_Tokenpass_URL",
      "API_Wordpress_URL",
      "Accounts_iframe_url",
      "Accounts_Iframe_api_url",
      "Accounts_Iframe_api_method",
    ],
    except: LOOKS,
  },
  {
    about: "what other sites may do with this one",
    ids: [
      "API_Enable_CORS",
      "API_CORS_Origin",
      "Iframe_*",
      "Enable_CSP",
      "Extra_CSP_Domains",
      "Document_Domain",
      "Default_Referrer_Policy",
      "Force_SSL",
      "Site_Url",
    ],
  },
  {
    about: "what runs in everybody's browser",
    ids: [
      "Custom_Script_*",
      "CDN_*",
      "GoogleTagManager_id",
      "GoogleAnalytics_*",
      "PiwikAnalytics_url",
      "PiwikAdditionalTrackers",
      "Meta_custom",
      "theme-custom-css",
    ],
  },
  {
    about: "which servers this one calls and trusts",
    ids: [
      "Allow_Invalid_SelfSigned_Certs",
      "SSRF_Allowlist",
      "API_Embed",
      "API_EmbedIgnoredHosts",
      "API_EmbedSafePorts",
    ],
  },
  {
    about: "how often and how much a caller may ask",
    ids: [
      "API_Enable_Rate_Limiter*",
      "DDP_Rate_Limit_*",
      "Rate_Limiter_Limit_*",
      "API_Upper_Count_Limit",
      "API_Allow_Infinite_Count",
    ],
  },
  {
    about: "what a caller may read of others",
    ids: ["API_Apply_permission_view-outside-room_on_users-list", "API_Enable_Direct_Message_History_EndPoint"],
  },
  {
    about: "who reads uploaded files, and where they lie",
    ids: ["FileUpload_*", "Message_Attachments_Strip_Exif", "Webdav_Integration_Enabled", "UserData_EnableDownload"],
    except: /_(?:RotateImages|MaxFileSize|Region)$/,
  },
  { about: "which messages the server can't read", ids: ["E2E_*", "OTR_Enable"] },
  {
    about: "how long messages are kept",
    ids: ["RetentionPolicy_*", "Message_KeepHistory", "Message_ErasureType"],
  },
  {
    about: "where messages go outside of this server",
    ids: [
      "Federation_*",
      "FEDERATION_*",
      "IRC_*",
      "SlackBridge_*",
      "Smarsh_*",
      "SMTP_*",
      "Direct_Reply_*",
      "Push_*",
      "Email_notification_show_message",
      "Livechat_webhook*",
      "Livechat_External_Queue_URL",
      "Livechat_AllowedDomainsList",
      "Omnichannel_External_Frame_*",
      "AutoTranslate_Enabled",
      "AutoTranslate_ServiceProvider",
      "AutoTranslate_LibreTranslateAPIURL",
      "Stream_Cast_Address",
      "SMS_Enabled",
      "SMS_Service",
      "Accounts_AvatarExternalProviderUrl",
      "Accounts_RoomAvatarExternalProviderUrl",
    ],
    except: /_(?:Test_Button|test_push|Reset_Connection|Test_Setup)$/,
    elsewhere: ["AI_LLM_OpenAI_Base_URL", "AI_Intelligent_Search_Pipeline_Base_URL"],
  },
  {
    about: "what is written down about log-ins and errors, and who reads it",
    ids: ["Login_Logs_*", "Log_Level", "Log_Trace_*", "Log_Exceptions_to_Channel", "Prometheus_Enabled"],
    elsewhere: ["Device_Management_Enable_Login_Emails"],
  },
  {
    about: "what apps and agents may do",
    ids: ["Apps_Framework_*"],
    elsewhere: ["Apps_Framework_enabled", "Apps_Framework_Development_Mode", "MCP_Enabled", "MCP_Expose_Extended_API"],
  },
  { about: "who may enter which room", ids: [], elsewhere: ["ABAC_Enabled"] },
];

const matches = (pattern: string, id: string): boolean =>
  pattern.endsWith("*") ? id.startsWith(pattern.slice(0, -1)) : id === pattern;

export const isSignInSwitch = (id: string): boolean => SIGN_IN.includes(id) || CUSTOM_SERVICE.test(id);

/** What a setting decides, when that is a matter of security. */
export const concernOf = (id: string): string | undefined =>
  CONCERNS.find(
    ({ ids, elsewhere = [], except }) =>
      [...ids, ...elsewhere].some((pattern) => matches(pattern, id)) && except?.test(id) !== true,
  )?.about;
