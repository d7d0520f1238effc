/**
 * Workspace settings: values of every type, and a secret one.
 * Once: `pulumi config set --secret smtpPassword …`
 */
import * as pulumi from "@pulumi/pulumi";
import * as rocketchat from "pulumi-rocketchat";

const config = new pulumi.Config();

const siteName = new rocketchat.Setting("site-name", { settingId: "Site_Name", value: "Example Chat" });

const values = {
  Accounts_AllowAnonymousRead: false,
  Accounts_LoginExpiration: 30,
  Accounts_RegistrationForm: "Disabled",
  Hide_System_Messages: ["uj", "ul"],
};
for (const [settingId, value] of Object.entries(values)) new rocketchat.Setting(settingId, { settingId, value });

// Known as a secret by its id: sealed in the state, hidden in every display.
new rocketchat.Setting("smtp-password", { settingId: "SMTP_Password", value: config.requireSecret("smtpPassword") });

new rocketchat.Setting("livechat-colour", {
  settingId: "Livechat_title_color",
  value: "#1d74f5",
  editor: "color",
  // Back to the factory default, whatever it was before.
  onDestroy: "default",
});

export const name = siteName.value;
