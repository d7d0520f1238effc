/** The settings that a custom sign-in service adds to a workspace. Knows no route. */
import type { State } from "../core/state.ts";

const PREFIX = "Accounts_OAuth_Custom-";

/** What each setting of a new service holds, by the end of its id. */
const DEFAULTS: Record<string, unknown> = {
  "": false,
  "-url": "",
  "-token_path": "/oauth/token",
  "-token_sent_via": "payload",
  "-identity_token_sent_via": "default",
  "-identity_path": "/me",
  "-authorize_path": "/oauth/authorize",
  "-scope": "openid",
  "-access_token_param": "access_token",
  "-id": "",
  "-secret": "",
  "-login_style": "popup",
  "-button_label_text": "",
  "-button_label_color": "#FFFFFF",
  "-button_color": "#1d74f5",
  "-key_field": "username",
  "-username_field": "",
  "-email_field": "",
  "-name_field": "",
  "-avatar_field": "",
  "-roles_claim": "roles",
  "-groups_claim": "groups",
  "-roles_to_sync": "",
  "-channels_admin": "rocket.cat",
  "-map_channels": false,
  "-merge_roles": false,
  "-merge_users": false,
  "-merge_users_distinct_services": false,
  "-show_button": true,
  "-groups_channel_map": '{\n\t"rocket-admin": "admin",\n\t"tech-support": "support"\n}',
};

/** `My IdP` becomes `Myidp`. */
function serviceName(name: string): string {
  const plain = name.toLowerCase().replace(/[^a-z0-9_]/g, "");
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}

/** Adds what is missing; what was written before stays. */
export function addCustomOAuth(state: State, name: string, now: string): void {
  const base = PREFIX + serviceName(name);
  for (const [end, value] of Object.entries(DEFAULTS)) {
    state.settings[base + end] ??= {
      value,
      _updatedAt: now,
      added: { packageValue: value, public: end === "" || end.startsWith("-button"), type: typeof value },
    };
  }
}

/** The switched-on services as the login page gets them. */
export function customServices(state: State): object[] {
  return Object.keys(state.settings)
    .filter(
      (id) => id.startsWith(PREFIX) && !id.slice(PREFIX.length).includes("-") && state.settings[id]?.value === true,
    )
    .map((id) => {
      const value = (end: string) => state.settings[`${id}-${end}`]?.value;
      const name = id.slice(PREFIX.length).toLowerCase();
      return {
        name,
        service: name,
        custom: true,
        serverURL: value("url"),
        clientId: value("id"),
        scope: value("scope"),
      };
    });
}
