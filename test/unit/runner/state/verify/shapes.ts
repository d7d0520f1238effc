/** The parts of which the faulty deployments are made. */
export { fixtures, passphrase, salt } from "../samples.ts";

export interface State {
  urn: string;
  type: string;
  custom: boolean;
  [field: string]: unknown;
}

export interface Deployment {
  manifest?: { time?: string; magic?: string; version?: string };
  secrets_providers?: { type: string; state?: unknown };
  resources?: State[];
  metadata?: unknown;
  [field: string]: unknown;
}

export interface Export {
  version: number;
  deployment: Deployment;
  [field: string]: unknown;
}

/** A name, and what is done to a sound deployment. */
export type Case = readonly [name: string, edit: (deployment: Deployment, whole: Export) => void];

const prefix = "urn:pulumi:dev::golden::";
export const urnOf = (name: string, type = "test:index:Thing") => `${prefix}${type}::${name}`;
export const stackUrn = `${prefix}pulumi:pulumi:Stack::golden-dev`;
const providerUrn = `${prefix}pulumi:providers:test::p`;
export const reference = `${providerUrn}::1`;

export const stack = (): State => ({ urn: stackUrn, type: "pulumi:pulumi:Stack", custom: false });
export const provider = (fields: object = {}): State => ({
  urn: providerUrn,
  type: "pulumi:providers:test",
  custom: true,
  id: "1",
  ...fields,
});
export const thing = (name: string, fields: object = {}): State => ({
  urn: urnOf(name),
  type: "test:index:Thing",
  custom: true,
  id: name,
  inputs: { n: 1 },
  outputs: { n: 1 },
  parent: stackUrn,
  provider: reference,
  ...fields,
});
export const a = (fields: object = {}) => thing("a", fields);
export const b = (fields: object = {}) => thing("b", { dependencies: [urnOf("a")], ...fields });

/** Replaces the list of resources after the stack. */
export const states =
  (...list: State[]): Case[1] =>
  (deployment) =>
    void Object.assign(deployment, { resources: [stack(), ...list] });

/** The sound deployment with these fields in its first thing. */
export const inA = (fields: object): Case[1] => states(provider(), a(fields), b());

/** The sound deployment without a field of its first thing. */
export const lacking = (field: string): Case[1] => {
  const { [field]: _, ...rest } = a();
  return states(provider(), rest as State, b());
};
