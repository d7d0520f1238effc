/** The class that programs use for workspace settings. Knows no behaviour: that runs in the provider process. */
import * as pulumi from "@pulumi/pulumi";
import { type Args, type CommonArgs, RocketChatResource } from "../base/resource.ts";
import { settingHandler } from "./handler.ts";
import { isSecretSetting, type SettingInputs } from "./schema.ts";

export interface SettingArgs extends Args<SettingInputs>, CommonArgs<"restore" | "default" | "retain"> {}

/** An id or a switch that is not known yet counts as secret where it was declared so, and as plain else. */
const isSealed = ({ settingId, secret }: SettingArgs): boolean =>
  secret === undefined ? typeof settingId === "string" && isSecretSetting(settingId) : secret !== false;

/**
 * One workspace setting. A setting always exists: it is taken over, and what it was before is remembered.
 *
 * @example Smallest
 * ```ts
 * new rocketchat.Setting("site-name", { settingId: "Site_Name", value: "Example Chat" });
 * ```
 *
 * @example A group of settings, one of them secret
 * ```ts
 * const smtp = { SMTP_Host: "mail.example.com", SMTP_Port: "587", SMTP_Username: "chat", From_Email: "chat@example.com" };
 * for (const [settingId, value] of Object.entries(smtp)) new rocketchat.Setting(settingId, { settingId, value });
 * new rocketchat.Setting("SMTP_Password", { settingId: "SMTP_Password", value: config.requireSecret("smtpPassword") });
 * ```
 *
 * Needs the permissions view-privileged-setting and edit-privileged-setting. The server asks for a second factor: connect with a password
 * beside the token, or with a token that bypasses it.
 *
 * When it is removed from the program the setting goes back to what it was before; `onDestroy: "default"` writes the factory default,
 * `"retain"` leaves it. A setting that the server's environment fixes (OVERWRITE_SETTING_…) takes the value until the next start only: the
 * API does not tell which ones are. Write each setting in one resource alone.
 */
export class Setting extends RocketChatResource {
  declare readonly settingId: pulumi.Output<string>;
  declare readonly value: pulumi.Output<SettingInputs["value"]>;
  declare readonly editor: pulumi.Output<"color" | "expression" | undefined>;
  declare readonly secret: pulumi.Output<boolean | undefined>;
  /** What the setting was before this resource took it over. Secret. */
  declare readonly previousValue: pulumi.Output<SettingInputs["value"] | undefined>;

  constructor(name: string, args: SettingArgs, opts: pulumi.CustomResourceOptions = {}) {
    if (isSealed(args)) {
      super(
        settingHandler,
        name,
        { ...args, value: pulumi.secret(args.value) },
        pulumi.mergeOptions({ additionalSecretOutputs: ["value"] }, opts),
      );
    } else {
      super(settingHandler, name, args, opts);
    }
  }
}
