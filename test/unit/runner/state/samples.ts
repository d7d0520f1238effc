/** Values that tests and the process they kill share. No test framework. */
import { join } from "node:path";
import {
  createKeyring,
  type Keyring,
  type Resource,
  SECRET,
  SIGNATURE,
} from "../../../../provider/runner/state/index.ts";

export const fixtures = join(import.meta.dirname, "../../../fixtures/state");
/** The passphrase of the fixtures. */
export const passphrase = "correct horse";
/** The salt line of the fixtures. */
export const salt = "v1:fb1Vjq5j+Ro=:v1:Ny3KtWy43RmCybmi:NddwtKUS2oJEZ1Y9TfjLKmwavJ3rAA==";

export const secretOf = (value: unknown) => ({ [SIGNATURE]: SECRET, value });

/** A keyring for a whole test file: a derivation takes half a second. */
export const fixtureKeyring = (): Keyring => createKeyring({ PULUMI_CONFIG_PASSPHRASE: passphrase });

export const stackUrn = "urn:pulumi:dev::golden::pulumi:pulumi:Stack::golden-dev";
export const urnOf = (name: string) => `urn:pulumi:dev::golden::test:index:Thing::${name}`;

/** A managed resource with few fields. */
export function thing(name: string, fields: Partial<Resource> = {}): Resource {
  return { urn: urnOf(name), type: "test:index:Thing", custom: true, id: `id-${name}`, outputs: { name }, ...fields };
}
