/** Rocket.Chat's environment, as far as it is the same on every platform. Knows no container. */
import type * as pulumi from "@pulumi/pulumi";
import { output } from "@pulumi/pulumi";
import { overwriteName, type ServerSettings, settingText } from "./settings.ts";

/** By name; undefined is left out. */
export type Env = Record<string, pulumi.Input<string | undefined> | undefined>;

export interface Admin {
  readonly username: pulumi.Input<string>;
  readonly password: pulumi.Input<string>;
  readonly name?: pulumi.Input<string> | undefined;
  readonly email?: pulumi.Input<string> | undefined;
}

/** Used by the server at its first start only. */
export const adminEnv = ({ username, password, name, email }: Admin): Env => ({
  ADMIN_USERNAME: username,
  ADMIN_PASS: password,
  ADMIN_NAME: name ?? "Administrator",
  ADMIN_EMAIL: email,
});

export function settingsEnv(settings: ServerSettings): Env {
  return Object.fromEntries(
    Object.entries(settings)
      .filter(([, value]) => value !== undefined)
      .map(([id, value]) => [
        overwriteName(id),
        output(value).apply((known) => (known === undefined ? undefined : settingText(known))),
      ]),
  );
}
