/**
 * The words of the state layer: what a stack's state holds, and how a run records what it does.
 * Knows Pulumi's checkpoint format; must not know gRPC, providers or kinds.
 */

/**
 * Properties in Pulumi's wire form as plain JavaScript. A secret is
 * `{ "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value }`: clear in memory, sealed on disk.
 */
export type Properties = Record<string, unknown>;

/** One resource as the checkpoint (version 3) has it. Fields that are absent there are absent here; unknown ones are kept. */
export interface Resource {
  readonly urn: string;
  readonly type: string;
  /** True when a provider manages it; false for components and the stack. */
  readonly custom: boolean;
  readonly id?: string;
  readonly inputs?: Properties;
  readonly outputs?: Properties;
  /** URN of the parent. */
  readonly parent?: string;
  /** `<urn>::<id>` of the provider resource. */
  readonly provider?: string;
  readonly dependencies?: readonly string[];
  readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
  readonly additionalSecretOutputs?: readonly string[];
  readonly ignoreChanges?: readonly string[];
  readonly deletedWith?: string;
  /** Replaced, still to be deleted. The only case in which a URN may stand in the state more than once. */
  readonly delete?: boolean;
  /** Deleted before its replacement, which is not made yet. */
  readonly pendingReplacement?: boolean;
  readonly protect?: boolean;
  readonly retainOnDelete?: boolean;
  /** Read by `.get`, not managed. */
  readonly external?: boolean;
  /** Why the last create or update was only partly done. */
  readonly initErrors?: readonly string[];
  /** Seconds. */
  readonly customTimeouts?: { readonly create?: number; readonly update?: number; readonly delete?: number };
  /** RFC 3339. The store sets both: `created` when a URN is new, `modified` at every change. */
  readonly created?: string;
  readonly modified?: string;
  readonly [field: string]: unknown;
}

/** Pulumi's names of operations that may be under way. */
export type OperationType = "creating" | "updating" | "deleting" | "reading" | "importing";

/** An operation that a former run began and whose end nobody saw. */
export interface PendingOperation {
  readonly type: OperationType;
  /** As it was when the operation began: a "creating" has neither id nor outputs. */
  readonly resource: Resource;
}

/** An operation of this run: handed out by `begin`, given back to `finish` or `fail`, once. */
export interface Operation {
  readonly seq: number;
  readonly type: OperationType;
  readonly urn: string;
}

/**
 * What changes in the state, applied as a whole in this order: remove, replace, put.
 * States are named by the object: any object that the store gave out or was given stands for its place in the state, also
 * after that place has got a newer content. The store keeps what it is given: don't change an object afterwards.
 */
export interface Change {
  /** States that go: deleted, or found gone. */
  readonly remove?: readonly Resource[];
  /**
   * `[old, next]`: next takes old's place. For what `put` can't say: an old state marked `{...old, delete: true}` or
   * `{...old, pendingReplacement: true}`, a rename by alias, references rewritten to a new URN.
   */
  readonly replace?: ReadonlyArray<readonly [old: Resource, next: Resource]>;
  /** Takes the place of the state with the same URN that is not marked `delete`; else it is added. */
  readonly put?: Resource;
}

/** The state of one stack, open for a run. Every promise that resolves means: on disk. */
export interface StackStore {
  readonly project: string;
  readonly stack: string;
  /** The checkpoint's path, for messages. */
  readonly path: string;
  /** All states in dependency order: a state stands after its parent, provider and dependencies. A new array per call. */
  readonly resources: readonly Resource[];
  /**
   * Unfinished operations of former runs. One goes when an operation on the same URN succeeds in this run (a "creating"
   * only by a create), or by `resolve`.
   * "creating": the object may exist on the server, create again. "updating": the object may differ from the state, so
   * update it even when diff sees no change. "deleting": it may be gone already.
   */
  readonly pending: readonly PendingOperation[];
  /** Things a person should know, found while opening: a lock taken over, a former run's journal folded in. */
  readonly warnings: readonly string[];
  /** The state of this URN that is not marked `delete`. */
  live(urn: string): Resource | undefined;

  /**
   * Before a call that creates, updates, deletes or reads: writes down what is about to happen. `resource` is the wanted
   * state (for "deleting" the old one). Rejects with StateError when it can't be written: then don't make the call.
   */
  begin(operation: { readonly type: OperationType; readonly resource: Resource }): Promise<Operation>;
  /** The call succeeded, fully or partly (a partial create puts a state with `initErrors`). */
  finish(operation: Operation, change: Change): Promise<void>;
  /** The call failed and changed nothing. */
  fail(operation: Operation): Promise<void>;
  /** A change without a call: outputs of a component, new options, a mark, a rename. */
  record(change: Change): Promise<void>;
  /** Drops a pending operation of a former run: the caller found out how it ended. */
  resolve(pending: PendingOperation): Promise<void>;
  /**
   * Folds the journal into the checkpoint (temp file, fsync, rename; the former one stays as `.bak`). Operations not
   * ended become pending. Does nothing when nothing changed. The store stays usable.
   */
  save(): Promise<void>;
  /** Releases the lock and the files. Doesn't save: what is in the journal is folded at the next start. Safe to call twice. */
  close(): Promise<void>;
}

/** How to open a stack. */
export interface OpenStackOptions {
  readonly backend: Backend;
  readonly project: string;
  readonly stack: string;
  readonly keyring: Keyring;
  /** Salt line of the stack file (`encryptionsalt`); used when the state has none of its own yet. */
  readonly salt: string;
  /**
   * True for up, refresh, destroy: takes the lock, folds a former run's journal, allows changes. False for preview:
   * reads only, also beside a running update.
   */
  readonly write: boolean;
  /** Written into the manifest as the engine's version. Default: what stands there, else "pulumi-rocketchat". */
  readonly engineVersion?: string;
  /** The clock; default the real one. */
  readonly now?: () => Date;
}

/** Environment variables, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A self-managed file backend: the folder that holds `.pulumi/`. */
export interface Backend {
  /** As it was given: `file://~`. The key of the selected stack in the CLI's workspace file. */
  readonly url: string;
  /** Absolute path of the folder that holds `.pulumi`. */
  readonly root: string;
}

/** One configuration value, opened. Objects and lists are JSON text with their secrets opened, as the SDK wants them. */
export interface ConfigValue {
  readonly value: string;
  /** True when it, or anything in it, is `secure`. */
  readonly secret: boolean;
  /** True for objects and lists. */
  readonly isObject: boolean;
}

/** Keys are `namespace:name`. */
export type StackConfig = ReadonlyMap<string, ConfigValue>;

/** Opens and seals with one salt. */
export interface Cipher {
  /** The salt line this cipher belongs to: `v1:<salt>:v1:<nonce>:<sealed "pulumi">`. */
  readonly salt: string;
  /** Gives `v1:<nonce>:<text>`, another one each time. */
  seal(plaintext: string): string;
  /** Throws StateError when the text is not this cipher's. */
  open(ciphertext: string): string;
}

/** The passphrase of a run. Deriving a key takes about half a second of CPU, so each salt is derived once. */
export interface Keyring {
  /** The cipher of a salt line. Rejects with StateError when the passphrase is missing or wrong. */
  unlock(saltLine: string, where: string): Promise<Cipher>;
  /** A new salt line, for a new stack. */
  create(): Promise<Cipher>;
}
