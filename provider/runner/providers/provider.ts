/** What the runner wants of a package: the engine's side of a provider. Knows no package. */
import type { Waiting } from "../events.ts";
import type { Properties } from "../values.ts";

export interface CheckFailure {
  /** "" when the reason says it all. */
  readonly property: string;
  readonly reason: string;
}

export interface CheckResult {
  readonly inputs: Properties;
  readonly failures: readonly CheckFailure[];
}

export interface DiffResult {
  /** Undefined: the provider leaves it to a comparison of the inputs. */
  readonly changes: boolean | undefined;
  /** Properties that make it a replacement. */
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
}

export interface ReadResult {
  /** "": gone. */
  readonly id: string;
  readonly outputs: Properties;
  readonly inputs?: Properties;
}

/** All values in the wire form, secrets marked; what a method gives back is marked again. Errors: see each method. */
export interface ResourceProvider {
  /** `olds`: old inputs, empty for a new object. `urn`: names are made of it. Never calls the server. */
  check(olds: Properties, news: Properties, urn: string): Promise<CheckResult>;
  diff(id: string, oldInputs: Properties, oldOutputs: Properties, news: Properties): Promise<DiffResult>;
  /**
   * `cutOff`: a former run was making this object when it ended, so it may be there. Throws PartialError when the object was
   * made all the same, UnknownOutcomeError (as `update` and `delete` do) when that can't be told.
   */
  create(inputs: Properties, cutOff?: boolean): Promise<{ readonly id: string; readonly outputs: Properties }>;
  /** Throws PartialError when the object was changed in part. */
  update(id: string, oldInputs: Properties, oldOutputs: Properties, news: Properties): Promise<Properties>;
  read(id: string, inputs: Properties, outputs: Properties): Promise<ReadResult>;
  delete(id: string, outputs: Properties): Promise<void>;
  /** False: `read` doesn't look, it gives back what it was given. */
  readonly canRead?: boolean;
}

/** A package, configured by one provider resource. */
export interface Package {
  /** The provider of one resource; `properties` are those that say how it is managed (`__provider`). */
  resource(type: string, properties: Properties): Promise<ResourceProvider>;
  /** Ends what it holds open. Never throws. */
  dispose(): Promise<void>;
}

/** Makes a package from the inputs of its provider resource (secrets still marked). */
export type PackageFactory = (config: Properties) => Package;

/** How a package tells what goes on while a call runs. */
export interface Voice {
  /** Until when it can't go on. */
  readonly waiting: (wait: Waiting) => void;
  /** A line for whoever watches. */
  readonly log: (message: string) => void;
  /** Aborted when nobody wants to wait any longer: what takes its time ends, and is recorded as it is. */
  readonly signal?: AbortSignal;
}
