/**
 * The contract between the engine and a kind. A handler is plain functions of (context, data): no Pulumi, no
 * environment, no module state. The engine (lifecycle.ts) decides *whether* something is made, adopted, revived, changed
 * or removed; the handler says *how*.
 */
import type { Client } from "../client/client.ts";
import type { Lists } from "./lists.ts";
import type { KindSchema } from "./schema.ts";

/** What a handler may use. One per connection, shared by all resources of a run. */
export interface Context {
  readonly client: Client;
  /** List pages shared by all reads of a run (refresh). Never used for a decision to write. */
  readonly lists: Lists;
  /** A line for the user, beside the resource's own. Never a secret. */
  readonly log: (message: string) => void;
}

/** Inputs after check: declared properties only, unknown values never reach a handler. */
export type Declared = Record<string, unknown>;

/** A live object, mapped. `L` is whatever the handler read; the engine only passes it round. */
export interface Mapped {
  /** The engine's id of the object: the server's own id where there is one. */
  readonly id: string;
  /** Every input that can be read back, defaults filled in (absent on the server means "", false, [] or {}). */
  readonly inputs: Declared;
  /** Values beside the inputs that programs can use (`outputs` of the schema). Secrets included. */
  readonly outputs: Record<string, unknown>;
}

/** Why `update` runs, and what it may take as done. */
export type Change =
  /** `create` has just made it from these very inputs: sync what creation could not set. */
  | { readonly reason: "created" }
  /** Found and taken over (adopt, or unrecorded work of a killed run): everything declared must hold, write-only inputs included. */
  | { readonly reason: "adopted" }
  /** Dormant (archived, deactivated): bring it back, then as adopted. */
  | { readonly reason: "revived" }
  /** The program changed. `previous`: what the state holds, to see whether write-only inputs changed. */
  | { readonly reason: "updated"; readonly previous: Declared };

/** What the server tells about an object's origin; decides whether a create may take over its own earlier work. */
export interface Origin {
  /** Id of the account that made it; undefined where the server does not tell. */
  readonly createdBy?: string | undefined;
  readonly createdAt?: Date | undefined;
  /** False when the server shows that it was used or edited after it was made. */
  readonly untouched?: boolean | undefined;
}

/** What was found beside a program, and the inputs with what follows from it. */
export interface Inspection<I> {
  readonly inputs: I;
  /** `reason` is complete and carries the path. */
  readonly failures: readonly { readonly path: string; readonly reason: string }[];
}

/** `I`: checked inputs. `L`: live object as the handler reads it. */
export interface Handler<I extends Declared = Declared, L = unknown> {
  /** As in the type token and the loader string: "User". Frozen once released. */
  readonly kind: string;
  readonly schema: KindSchema<I>;

  /** For messages: `user "alice"`. Must work on partly unknown inputs. */
  describe(inputs: Partial<I>): string;

  /**
   * Pure; brings inputs into the form that is compared and stored (trims, strips a leading "#", lower-cases an id …).
   * Values may be unknown (see schema.ts `isUnknown`): leave those alone.
   */
  normalize?(inputs: I): I;

  /** Pure rules over several fields; each entry is `{ path, reason }`. Must skip unknown values. */
  validate?(inputs: Partial<I>): { path: string; reason: string }[];

  /**
   * What only the server can tell of the inputs, found in preview already. Changes nothing, must send nothing in the
   * ordinary case, and must skip unknown values. `olds`: the inputs of the last run.
   */
  foresee?(ctx: Context, inputs: Partial<I>, olds: Declared): Promise<{ path: string; reason: string }[]>;

  /**
   * Looks at what lies beside the program (files), so that a preview finds what is wrong with it, and fills in what follows
   * from it. Runs in the program's process, too; sends nothing. Values may be unknown.
   */
  inspect?(inputs: I): Promise<Inspection<I>>;

  /**
   * Every object of the kind that the account can see (exporter, look-ups, tests). `brief`: only what list pages tell, with
   * no call for each object; `map` leaves out what is not known then.
   */
  list(ctx: Context, options?: { readonly brief?: boolean }): AsyncIterable<L>;

  /** The live object with the natural key of `inputs`, or undefined. Fresh, never from shared lists. */
  find(ctx: Context, inputs: I): Promise<L | undefined>;

  /**
   * The live object by id, or undefined when it is gone. `declared`: what the state manages (old outputs), so that a cheap
   * list row is enough where it holds all of that. With `fresh` the shared lists must not be used. `state`: the old
   * outputs whole, for computed values that the server tells only once (a token).
   */
  read(ctx: Context, id: string, declared: I, options: { fresh: boolean; state?: Declared }): Promise<L | undefined>;

  /**
   * Makes the object, in ONE call that is not repeated. What that call cannot set is `update`'s job (reason "created").
   * Throws ConflictError when the natural key is taken, NetworkError with `maybeSent` when the answer was lost.
   */
  create(ctx: Context, inputs: I): Promise<L>;

  /** Changes what differs between `live` and `inputs`, one call per changed aspect, and returns the object as it then is. */
  update(ctx: Context, live: L, inputs: I, change: Change): Promise<L>;

  /**
   * Takes the object away as `mode` says (one of `schema.destroy`). Gone already is success. `declared`: the inputs that the
   * state manages; `state`: the old outputs whole. "retain" never reaches the handler.
   */
  delete(ctx: Context, id: string, declared: I, mode: string, state?: Declared): Promise<void>;

  /** `declared`: what is managed, so that additive sets can be narrowed to it ("include"). */
  map(live: L, ctx: Context, declared: I): Mapped;

  /**
   * Archived, deactivated …: a create revives it instead of failing, a refresh counts it as gone. `declared`: a program
   * that itself declares that state (`active: false`) does not find it dormant.
   */
  isDormant?(live: L, declared: I): boolean;

  /** An export has nothing to tell of it: as every new server has it, or part of another kind's object (a team's main room). */
  isImplied?(live: L): boolean;

  /** Where the content of the input `file` can be fetched without a log-in; undefined where the server doesn't show it. */
  contentUrl?(live: L, ctx: Context): string | undefined;

  origin?(live: L): Origin;

  /** True when the server refuses a second object with the same natural key: create is tried before looking. */
  readonly uniqueKey: boolean;

  /** An object found under the natural key is simply taken over, with no question of whose it is: edges and settings. */
  readonly existingIsOurs?: boolean;

  /** On replacement the old object stays until the new one is there (tokens). Default: the old one goes first when `uniqueKey`. */
  readonly createBeforeDelete?: boolean | ((olds: Declared, news: I) => boolean);
}

// biome-ignore lint/suspicious/noExplicitAny: a registry of handlers cannot name each one's types
export type AnyHandler = Handler<any, any>;
