/** What can be said of a server on every platform: types and their documentation. Checked in checks.ts. */
import type * as pulumi from "@pulumi/pulumi";
import type { ServerSettings } from "./settings.ts";

export interface TokenArgs {
  /** Name of the token among the admin's. Default: the component's name. */
  name?: pulumi.Input<string>;
}

export interface CommonServerArgs {
  /** Release that wrote the data, where the state does not know: data of a former server, or a restored backup. */
  upgradeFrom?: pulumi.Input<string>;
  /** Allows `connection` to use plain http to another machine. Default false. */
  insecure?: pulumi.Input<boolean>;
  /** User name of the first admin. Default "admin". Used at the first start only. */
  adminUsername?: pulumi.Input<string>;
  /**
   * Password of the first admin, at least 12 characters. Secret. Default: made once and kept in the stack's state. The server takes it
   * at the first start only: to change it, change it on the server, then here.
   */
  adminPassword?: pulumi.Input<string>;
  /** E-mail address of the first admin. Default: none. */
  adminEmail?: pulumi.Input<string>;
  /** Full name of the first admin. Default "Administrator". */
  adminName?: pulumi.Input<string>;
  /** Settings that the server takes from its environment at each start; nobody can change them in the workspace. */
  settings?: ServerSettings;
  /** Makes a personal access token of the admin, once. Default false. */
  personalAccessToken?: boolean | TokenArgs;
}
