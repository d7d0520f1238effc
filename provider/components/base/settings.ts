/** Settings of the workspace that are fixed by the server's environment. Types of the usual ones; knows no container. */
import type * as pulumi from "@pulumi/pulumi";

/** What a setting can hold; lists and objects for those of type multiSelect and roomPick. */
export type SettingValue = string | number | boolean | readonly string[];

/** By the setting's id. The usual ones are typed; every other id takes any value. */
export interface ServerSettings {
  Site_Name?: pulumi.Input<string>;
  Accounts_RegistrationForm?: pulumi.Input<"Public" | "Disabled" | "Secret URL">;
  Accounts_TwoFactorAuthentication_Enabled?: pulumi.Input<boolean>;
  Accounts_EmailVerification?: pulumi.Input<boolean>;
  Accounts_AllowAnonymousRead?: pulumi.Input<boolean>;
  Accounts_AllowDeleteOwnAccount?: pulumi.Input<boolean>;
  Accounts_Password_Policy_Enabled?: pulumi.Input<boolean>;
  Accounts_Password_Policy_MinLength?: pulumi.Input<number>;
  /** Days. */
  Accounts_LoginExpiration?: pulumi.Input<number>;
  API_Enable_Rate_Limiter?: pulumi.Input<boolean>;
  /** Calls per route and time window. */
  API_Enable_Rate_Limiter_Limit_Calls_Default?: pulumi.Input<number>;
  /** Milliseconds. */
  API_Enable_Rate_Limiter_Limit_Time_Default?: pulumi.Input<number>;
  FileUpload_Enabled?: pulumi.Input<boolean>;
  /** Bytes; -1: no limit. */
  FileUpload_MaxFileSize?: pulumi.Input<number>;
  Message_MaxAllowedSize?: pulumi.Input<number>;
  RetentionPolicy_Enabled?: pulumi.Input<boolean>;
  SMTP_Host?: pulumi.Input<string>;
  SMTP_Port?: pulumi.Input<string | number>;
  SMTP_Username?: pulumi.Input<string>;
  SMTP_Password?: pulumi.Input<string>;
  From_Email?: pulumi.Input<string>;
  Prometheus_Enabled?: pulumi.Input<boolean>;
  Prometheus_Port?: pulumi.Input<number>;
  Log_Level?: pulumi.Input<"0" | "1" | "2">;
  [settingId: string]: pulumi.Input<SettingValue> | undefined;
}

/** Set by the component, so that the first visitor is not asked to set the workspace up. */
export const WIZARD_OFF = { OVERWRITE_SETTING_Show_Setup_Wizard: "completed" } as const;

/** As the server reads it from its environment: numbers and booleans as words, lists as JSON. */
export const settingText = (value: SettingValue): string =>
  typeof value === "object" ? JSON.stringify(value) : String(value);

export const overwriteName = (settingId: string): string => `OVERWRITE_SETTING_${settingId}`;
