/** What a sign-in component declared, and how it fits the settings of recorded servers. */
import type * as pulumi from "@pulumi/pulumi";
import { builtInSettings } from "../../../../provider/sandbox/data/catalogue.ts";
import { type Declared, declare } from "../../../support/mocks.ts";

export interface SettingDeclared {
  readonly name: string;
  readonly value: unknown;
  readonly isSecret: boolean;
  readonly dependencies: readonly string[];
  readonly parent: string | undefined;
  readonly onDestroy: unknown;
}

/** The settings by id, in the order of their declaration. */
export async function settingsOf(program: () => pulumi.ComponentResource): Promise<Map<string, SettingDeclared>> {
  const { resources } = await declare(() => {
    program();
    return {};
  });
  const settings = [...resources.values()].filter(({ type }: Declared) => type.endsWith(":Setting"));
  return new Map(
    settings.map(({ name, inputs, secrets, dependencies, parent }) => [
      String(inputs.settingId),
      {
        name,
        value: inputs.value,
        isSecret: secrets.includes("value"),
        dependencies,
        parent,
        onDestroy: inputs.onDestroy,
      },
    ]),
  );
}

/** Ids that the release does not have, or has with another type of value. */
export function strangers(settings: ReadonlyMap<string, SettingDeclared>, version: "7.7.1" | "8.6.1"): string[] {
  const known = builtInSettings(version);
  return [...settings].flatMap(([id, { value }]) => {
    const there = known[id];
    if (there === undefined) return [id];
    return typeof there.value === typeof value ? [] : [`${id}: ${typeof value} instead of ${typeof there.value}`];
  });
}
