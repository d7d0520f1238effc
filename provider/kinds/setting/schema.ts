/** What can be said of a workspace setting. Knows no calls. */
import { z } from "zod";
import { field, type KindSchema } from "../../engine/schema.ts";

export const settingInputs = z.strictObject({
  /** The server's `_id` of the setting, with its case, e.g. `Site_Name` (Administration shows it under "Copy"). A change means another setting. */
  settingId: field(z.string().min(1), { replaces: true }),
  /**
   * The value, of the JSON type that the setting has: true or false for a switch, a number, text (also for choices, code, colours and
   * dates), a list of text for multiple choice, a list of `{ _id, name }` for rooms, an object for assets. The server checks neither
   * type nor choice (6.x-8.x); the type is checked here. Units and ranges are the setting's own.
   */
  value: field(
    z.union([
      z.boolean(),
      z.number(),
      z.string(),
      z.array(z.union([z.string(), z.record(z.string(), z.unknown())])),
      z.record(z.string(), z.unknown()),
    ]),
    {},
  ),
  /** Colours only: how the value is to be read, as a colour or as a CSS expression. Can't be read back. Default: left as it is. */
  editor: field(z.enum(["color", "expression"]).optional(), { writeOnly: true }),
  /**
   * Seals the value in the state and hides it in every display. Default: true for settings whose id tells that they hold a password,
   * key or token; false for others.
   */
  secret: field(z.boolean().optional(), { local: true }),
});

export type SettingInputs = z.infer<typeof settingInputs>;

export const settingSchema: KindSchema<SettingInputs> = {
  inputs: settingInputs,
  outputs: {
    /** What the setting was before this resource took it over: where `onDestroy: "restore"` leads back to. */
    previousValue: { secret: true },
  },
  destroy: ["restore", "default", "retain"],
  permissions: [{ anyOf: ["view-privileged-setting"] }, { anyOf: ["edit-privileged-setting"] }],
  document: {
    section: "settings",
    keys: ["settingId"],
    short: "value",
    sealed: ({ settingId, secret }) =>
      (secret ?? (typeof settingId === "string" && isSecretSetting(settingId))) ? ["value"] : [],
  },
};

const SECRET =
  /(?:password|passphrase|secret|secreturl|token|credentials|account_sid|(?:secret|access|api)key|(?:api|apn|dev|private|signing)_key|registration_file)$|_secret_/i;

/** True when the id tells that the setting holds a password, key or token (types that the API does not tell). */
export const isSecretSetting = (settingId: string): boolean => SECRET.test(settingId);

const OF_SERVER =
  /^(?:uniqueID|Deployment_FingerPrint_|Cloud_|Show_Setup_Wizard$|Organization_|Register_Server$|Apps_Framework_|theme-custom-css-|Federation_(?:Matrix_)?(?:id|hs_token|as_token|registration_file|public_key|private_key)|VAPID_|Accounts_OAuth_Custom-)/i;

/** True for what a server keeps about itself in a setting, and for settings that are part of another kind's objects. */
export const isOfServer = (id: string): boolean => OF_SERVER.test(id);
