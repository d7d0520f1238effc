/** Settings of every type, permissions, roles and a sign-in service. First of all: what they allow is used later on. */
import type { Maker } from "./maker.ts";
import { FREE_NAMES } from "./texts.ts";

/** What other parts of the workspace rely on. */
export async function makeRules(maker: Maker): Promise<void> {
  const fields = {
    team: { type: "text", public: true },
    secret: { type: "text", public: true },
    env: { type: "text", public: true },
  };
  await maker.setting("Accounts_CustomFields", JSON.stringify(fields, undefined, maker.flag() ? 2 : undefined));
  await maker.setting("UTF8_Channel_Names_Validation", "[0-9a-zA-Z-_.äöüßΩω漢字]+");
  await maker.setting("UTF8_User_Names_Validation", "[0-9a-zA-Z-_.äöüëñúßΩω漢字]+");
  await maker.setting("Message_CustomFields_Enabled", true);
  await maker.setting(
    "Message_CustomFields",
    JSON.stringify({ type: "object", properties: { source: { type: "string" } } }),
  );
  await maker.setting("E2E_Enable", true);
  await maker.setting("RetentionPolicy_Enabled", true);
}

const TEXT_SETTINGS = [
  "Site_Name",
  "Layout_Home_Body",
  "Layout_Terms_of_Service",
  "Layout_Sidenav_Footer",
  "theme-custom-css",
  "Custom_Script_Logged_In",
];

export async function makeSettings(maker: Maker): Promise<void> {
  for (const id of maker.some(TEXT_SETTINGS, 2, TEXT_SETTINGS.length)) await maker.setting(id, maker.text());
  if (maker.flag()) await maker.setting("SMTP_Password", "Post-office-1840");
  if (maker.flag()) await maker.setting("Accounts_Password_Policy_MinLength", 9);
  if (maker.flag()) await maker.setting("Message_MaxAllowedSize", 4_000 + maker.chance.below(1_000));
  if (maker.flag()) await maker.setting("Accounts_Default_User_Preferences_masterVolume", maker.chance.below(100));
  if (maker.flag()) await maker.setting("Accounts_RegistrationForm", "Secret URL");
  if (maker.flag()) await maker.setting("Message_ShowDeletedStatus", true);
  if (maker.flag()) await maker.setting("Hide_System_Messages", maker.some(["uj", "ul", "ru", "au"], 1, 3));
  if (maker.flag()) await maker.setting("Livechat_title_color", "#00ff7f");
  if (maker.flag()) await maker.setting("Accounts_AllowedDomainsList", " ");
}

export async function makeRoles(maker: Maker): Promise<void> {
  for (const name of maker.some(FREE_NAMES, 1, 4)) {
    const { role } = await maker.post("roles.create", {
      name,
      description: maker.text(),
      scope: "Users",
      mandatory2fa: maker.chance.is(0.2),
    });
    maker.roles.push((role as { _id: string })._id);
    maker.count("roles");
  }
  if (maker.flag()) {
    await maker.post("roles.create", {
      name: "host",
      description: maker.text(),
      scope: "Subscriptions",
      mandatory2fa: false,
    });
    maker.count("roles");
  }
  // None of these comes to its default by chance: the sandbox would remember that it was set, which no server tells.
  for (const _id of maker.some(
    ["create-c", "mention-all", "add-user-to-joined-room", "pin-message", "edit-room"],
    1,
    4,
  )) {
    const roles = ["admin", ...maker.some(["user", "bot", "owner", ...maker.roles], 0, 3)];
    await maker.post("permissions.update", { permissions: [{ _id, roles }] });
    maker.count("permissions");
  }
}

export async function makeSignIn(maker: Maker): Promise<void> {
  for (const name of maker.some(["idp", "Corp", "x2"], 1, 2)) {
    await maker.post("settings.addCustomOAuth", { name });
    const id = `Accounts_OAuth_Custom-${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    await maker.post(`settings/${id}`, { value: true });
    await maker.post(`settings/${id}-url`, { value: "https://id.example.test" });
    if (maker.flag()) await maker.post(`settings/${id}-secret`, { value: "Client-secret-1865" });
    if (maker.flag()) await maker.post(`settings/${id}-button_label_text`, { value: maker.text(40) });
    if (maker.flag()) await maker.post(`settings/${id}-scope`, { value: "openid email" });
    maker.count("customOAuthServices");
  }
}
