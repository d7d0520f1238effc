/** What a program asks for: one registration, free of gRPC. Must not know how it is carried out. */
import type { Properties } from "./values.ts";

/** An alias as a URN, or by what it differs in from the resource that has it. */
export type Alias =
  | { readonly urn: string }
  | {
      readonly name?: string;
      readonly type?: string;
      readonly stack?: string;
      readonly project?: string;
      /** URN; "" for none. Undefined: the same parent. */
      readonly parent?: string;
    };

export interface Goal {
  readonly type: string;
  readonly name: string;
  readonly custom: boolean;
  /** URN, or "" for none. */
  readonly parent: string;
  readonly inputs: Properties;
  /** `<urn>::<id>`, or "" for the default provider. */
  readonly provider: string;
  /** Version of the package, "" if the program names none. */
  readonly version: string;
  readonly dependencies: readonly string[];
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  readonly protect?: boolean;
  readonly retainOnDelete?: boolean;
  /** Undefined: the provider decides. */
  readonly deleteBeforeReplace?: boolean;
  readonly deletedWith?: string;
  readonly ignoreChanges: readonly string[];
  readonly replaceOnChanges: readonly string[];
  readonly additionalSecretOutputs: readonly string[];
  readonly aliases: readonly Alias[];
  /** Seconds. */
  readonly customTimeouts?: { readonly create?: number; readonly update?: number; readonly delete?: number };
}

/** A registration that says nothing but that its resource is managed by a provider. */
export const emptyGoal: Goal = {
  type: "",
  name: "",
  custom: true,
  parent: "",
  inputs: {},
  provider: "",
  version: "",
  dependencies: [],
  propertyDependencies: {},
  ignoreChanges: [],
  replaceOnChanges: [],
  additionalSecretOutputs: [],
  aliases: [],
};

/** What a `.get` asks for. */
export interface ReadGoal {
  readonly type: string;
  readonly name: string;
  readonly id: string;
  readonly parent: string;
  readonly inputs: Properties;
  readonly provider: string;
  readonly version: string;
  readonly dependencies: readonly string[];
  readonly additionalSecretOutputs: readonly string[];
}

/** What the program is told of a resource. */
export interface Registered {
  readonly urn: string;
  /** "": not known before the update. */
  readonly id: string;
  readonly outputs: Properties;
  /** It, or something it needs, could not be made, and the run goes on: what uses it can't be made either. */
  readonly missing?: true;
}
