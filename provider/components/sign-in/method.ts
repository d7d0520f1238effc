/**
 * Declares the settings of a sign-in method, one resource each, in an order in which nobody can sign in with a half-made
 * configuration. Knows no method.
 */
import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { checkSchema, type Failure } from "../../engine/check.ts";
import { isUnknown } from "../../engine/schema.ts";
import { reportInvalid } from "../../kinds/base/invalid.ts";
import { knownPart } from "../../kinds/base/resource.ts";
import { Setting, type SettingArgs } from "../../kinds/setting/resource.ts";

/** What every method takes. */
export interface CommonSignInArgs {
  /**
   * Whether people can sign in with it. It is switched on after all its other settings are written; on removal, and with false, it is
   * switched off before any of them changes. Default true.
   */
  enabled?: pulumi.Input<boolean>;
  /** More settings of the method by their ids, such as those that need a licence. */
  settings?: Readonly<Record<string, SettingArgs["value"]>>;
  /** What removal does to the settings: what they were before, the factory default, or left as they are. Default "restore". */
  onDestroy?: pulumi.Input<"restore" | "default" | "retain">;
}

export interface Piece {
  /** Path of the argument: the resource is named by it. */
  readonly argument: string;
  readonly settingId: string;
  /** Undefined: not declared, so not managed. */
  readonly value: SettingArgs["value"] | undefined;
  readonly secret?: boolean;
}

/** What is known of a value as text; undefined for the rest. */
export const plainText = (value: unknown): string | undefined =>
  typeof value === "string" && !isUnknown(value) ? value : undefined;

export const say = (path: string, what: string): Failure => ({ path, reason: `${path}: ${what}` });

/**
 * What is wrong with the arguments, as far as they are known. `prefixes`: what ids in `settings` may begin with; `own`: ids that have
 * arguments of their own.
 */
export function checkMethod(
  schema: z.ZodObject,
  args: { readonly settings?: object },
  { prefixes, own }: { prefixes: readonly string[]; own: ReadonlyMap<string, string> },
): { readonly known: Record<string, unknown>; readonly failures: Failure[] } {
  const { inputs, failures } = checkSchema(schema, knownPart(args), { reveal: true });
  const found = [...failures];
  for (const id of Object.keys(args.settings ?? {})) {
    const argument = own.get(id);
    if (argument !== undefined) found.push(say(`settings.${id}`, `is said with the argument \`${argument}\``));
    else if (!prefixes.some((prefix) => id.startsWith(prefix))) {
      found.push(
        say(`settings.${id}`, `belongs to another method; allowed: ids that begin with ${prefixes.join(" or ")}`),
      );
    }
  }
  return { known: inputs, failures: found };
}

/** Reports what is wrong; what it returns stands for outputs that never come. */
export const refuse = (kind: string, name: string, failures: readonly Failure[]): pulumi.Output<never> =>
  pulumi.output(reportInvalid(kind, name, failures));

/** Declares the pieces and the switch. Returns the switch's state. */
export function declareMethod(
  parent: pulumi.ComponentResource,
  name: string,
  pieces: readonly Piece[],
  switchId: string,
  { enabled = true, settings = {}, onDestroy }: CommonSignInArgs,
): pulumi.Output<boolean> {
  const setting = ({ argument, settingId, value, secret }: Piece, dependsOn: pulumi.Resource[]) =>
    new Setting(
      `${name}-${argument}`,
      {
        settingId,
        value: value as SettingArgs["value"],
        ...(secret && { secret }),
        ...(onDestroy !== undefined && { onDestroy }),
      },
      { parent, dependsOn },
    );
  const more = Object.entries(settings).map(([id, value]) => ({ argument: id, settingId: id, value }));
  const declared = [...pieces.filter(({ value }) => value !== undefined), ...more];
  const toggle = (dependsOn: pulumi.Resource[]) =>
    setting({ argument: "enabled", settingId: switchId, value: enabled }, dependsOn);
  // Off: first the switch, then the rest. Dependencies are followed backwards on removal.
  if (enabled === false) {
    const off = toggle([]);
    for (const piece of declared) setting(piece, [off]);
    return off.value as pulumi.Output<boolean>;
  }
  return toggle(declared.map((piece) => setting(piece, []))).value as pulumi.Output<boolean>;
}
