/** One open stack: the state in memory, its journal and its checkpoint, kept in step. Knows no provider and no gRPC. */
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { ensureLayout, stacksDir } from "./backend.ts";
import { compressFor, formatCheckpoint, hashOf } from "./checkpoint.ts";
import { damageHint, fileError, StateError } from "./errors.ts";
import { removeLeftovers, writeFileSafely } from "./files.ts";
import { createJournalWriter, type JournalRecord, type JournalWriter, journalHint, removeJournal } from "./journal.ts";
import { type Lock, takeLock } from "./lock.ts";
import { type Recovered, recover } from "./recover.ts";
import { findCheckpoint } from "./stacks.ts";
import type { Change, OpenStackOptions, Operation, PendingOperation, Resource, StackStore } from "./types.ts";
import { findFault, verify } from "./verify.ts";

/**
 * Opens a stack. With `write` a stack that doesn't exist is made, and what a killed run left in its journal is folded
 * into the checkpoint. Rejects with StateError: locked, unreadable, damaged, wrong passphrase, not writable.
 */
export async function openStack(options: OpenStackOptions): Promise<StackStore> {
  const { backend, project, stack, write, now = () => new Date() } = options;
  let lock: Lock | undefined;
  if (write) {
    await ensureLayout(backend);
    lock = await takeLock(backend, project, stack, now());
  }
  try {
    const found = await findCheckpoint(backend, project, stack);
    const path = found ?? join(stacksDir(backend, project), `${stack}.json`);
    const journalPath = join(stacksDir(backend, project), `${stack}.json.journal`);
    const read = () => recover({ ...options, checkpointPath: path, journalPath });
    const first = await read();
    // Beside a running update the checkpoint and the journal may have changed between the two reads.
    const recovered = first.journal === "foreign" && !write ? await read() : first;
    // As it stands there, for the snapshot sorts and mends; and once more with what a journal added.
    const hint = `It was edited or is damaged. ${damageHint(path)} The Pulumi CLI can mend some faults with \`pulumi state repair\`.`;
    verify(recovered.checkpoint, stack, `The state ${path}`, hint);
    if (recovered.journal === "applied")
      verify(
        { resources: recovered.snapshot.resources, pending: recovered.pending.all },
        stack,
        `The state ${path} with its journal`,
        journalHint(journalPath),
      );
    const store = new Store({ ...options, path, journalPath, now }, recovered, lock);
    if (write) {
      await store.start(found === undefined).catch(async (error: unknown) => {
        await store.close();
        throw error;
      });
    }
    return store;
  } catch (error) {
    await lock?.release();
    throw error;
  }
}

interface StoreOptions extends OpenStackOptions {
  readonly path: string;
  readonly journalPath: string;
  readonly now: () => Date;
}

class Store implements StackStore {
  readonly project: string;
  readonly stack: string;
  readonly path: string;
  readonly warnings: string[];
  readonly #options: StoreOptions;
  readonly #state: Recovered;
  readonly #lock: Lock | undefined;
  readonly #inFlight = new Map<number, { readonly operation: Operation; readonly resource: Resource }>();
  #journal: JournalWriter;
  #base: string;
  /** Places of the states in the checkpoint `#base`, when a save in the middle of a run left gaps. */
  #keys: readonly number[] | undefined;
  #seq = 0;
  /** The state differs from the checkpoint. */
  #changed = false;
  /** Settles when the checkpoint that is being written is there. */
  #saving: Promise<void> | undefined;
  /** The journal has a record, of whatever kind. */
  #journaled = false;
  #closed = false;

  constructor(options: StoreOptions, state: Recovered, lock: Lock | undefined) {
    this.project = options.project;
    this.stack = options.stack;
    this.path = options.path;
    this.#options = options;
    this.#state = state;
    this.#lock = lock;
    this.#base = state.base;
    this.#journaled = state.journal === "applied";
    this.#journal = this.#newJournal(state.journalSize);
    this.warnings = [...(lock?.warnings ?? [])];
  }

  get resources(): readonly Resource[] {
    return this.#state.snapshot.resources;
  }

  get pending(): readonly PendingOperation[] {
    return this.#state.pending.all;
  }

  live(urn: string): Resource | undefined {
    return this.#state.snapshot.live(urn);
  }

  /** Brings the disk in order before the first operation. */
  async start(isNew: boolean): Promise<void> {
    const { journal, ended, unfinished } = this.#state;
    const { journalPath } = this.#options;
    await removeLeftovers(this.path);
    const rest = unfinished.length > 0 ? ` Not known how they ended: ${unfinished.join(", ")}.` : "";
    if (journal === "folded") await removeJournal(journalPath);
    if (journal === "foreign") {
      const aside = `${journalPath}.${this.#options.now().toISOString().replaceAll(":", "")}`;
      await rename(journalPath, aside).catch((error: unknown) => {
        throw fileError("move aside", journalPath, error);
      });
      this.warnings.push(
        `A killed run left ${ended} finished operations that are not in the state, and another program changed the state since.${rest} Its journal was kept as ${aside}; a refresh shows what differs.`,
      );
    }
    if (journal === "applied")
      this.warnings.push(`A former run was killed; its ${ended} finished operations were taken into the state.${rest}`);
    if (journal === "applied" || isNew) {
      this.#changed = true;
      await this.save();
    }
  }

  async begin({ type, resource }: Parameters<StackStore["begin"]>[0]): Promise<Operation> {
    this.#requireWritable();
    this.#seq += 1;
    const operation: Operation = { seq: this.#seq, type, urn: resource.urn };
    this.#inFlight.set(operation.seq, { operation, resource });
    try {
      await this.#append({ begin: operation.seq, type, resource: this.#state.sealer.seal(resource) });
    } catch (error) {
      this.#inFlight.delete(operation.seq);
      throw error;
    }
    return operation;
  }

  async finish(operation: Operation, change: Change): Promise<void> {
    this.#end(operation);
    const applied = this.#state.snapshot.apply(change, {
      now: this.#options.now().toISOString(),
      isNew: operation.type === "creating",
    });
    const settled = this.#state.pending.settle(operation.urn, operation.type);
    if (applied || settled) this.#changed = true;
    await this.#append({ end: operation.seq, urn: operation.urn, type: operation.type, change: applied ?? {} });
  }

  async fail(operation: Operation): Promise<void> {
    this.#end(operation);
    await this.#append({ end: operation.seq, urn: operation.urn, type: operation.type });
  }

  async record(change: Change): Promise<void> {
    this.#requireWritable();
    const applied = this.#state.snapshot.apply(change, { now: this.#options.now().toISOString(), isNew: false });
    if (!applied) return;
    this.#changed = true;
    await this.#append({ change: applied });
  }

  async resolve({ type, resource }: PendingOperation): Promise<void> {
    this.#requireWritable();
    if (!this.#state.pending.drop(resource.urn, type)) return;
    this.#changed = true;
    await this.#append({ resolved: type, urn: resource.urn });
  }

  async save(): Promise<void> {
    this.#requireWritable();
    while (this.#saving) await this.#saving;
    // What ends from here on is not in what is written: it belongs to the next journal, and waits for it.
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#saving = promise;
    try {
      if (this.#changed || this.#inFlight.size > 0) await this.#writeCheckpoint();
      await this.#endJournal();
    } finally {
      this.#saving = undefined;
      resolve();
    }
  }

  async #writeCheckpoint(): Promise<void> {
    const { snapshot, pending, sealer, checkpoint, salt } = this.#state;
    const { path, journalPath, project, stack, now, engineVersion } = this.#options;
    const underWay = [...this.#inFlight.values()].map(({ operation, resource }) => ({
      type: operation.type,
      resource,
    }));
    const unfinished = [...pending.all, ...underWay];
    const fault = findFault(snapshot.resources, stack, unfinished);
    if (fault)
      throw new StateError(
        `The new state of ${stack} is not saved, for it breaks a rule of Pulumi's state format: ${fault}.`,
        {
          hint: `Nothing is lost: ${path} is unchanged, and what was done stands in ${journalPath}. Please report this.`,
        },
      );
    const places = snapshot.keys;
    const keys = places.every((key, index) => key === index) ? undefined : places;
    const text = formatCheckpoint(checkpoint, {
      stack,
      project,
      resources: snapshot.sealed,
      pending: unfinished.map(({ type, resource }) => ({ type, resource: sealer.seal(resource) })),
      salt,
      engineVersion,
      now: now(),
    });
    const bytes = compressFor(path, text);
    const hash = hashOf(bytes);
    this.#changed = underWay.length > 0;
    try {
      // Said before the rename, so that a kill between it and the removal of the journal is recognised. Where even that
      // can't be written, the checkpoint may still be: then the removal alone ends the journal.
      this.#journaled = true;
      await this.#journal.append({ folded: hash, keys }).catch(() => undefined);
      await writeFileSafely(path, bytes, { backup: `${path}.bak` });
      // The CLI's blob library keeps a checksum there; ours would be wrong, and none is fine.
      await rm(`${path}.attrs`, { force: true });
      await rm(`${path}.bak.attrs`, { force: true });
      this.#base = hash;
      this.#keys = keys;
    } catch (error) {
      this.#changed = true;
      throw error;
    }
  }

  async #endJournal(): Promise<void> {
    if (!this.#journaled) return;
    await this.#journal.close();
    await removeJournal(this.#options.journalPath);
    this.#journal = this.#newJournal();
    this.#journaled = false;
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    try {
      await this.#journal.close();
    } finally {
      await this.#lock?.release();
    }
  }

  #newJournal(resume = 0): JournalWriter {
    return createJournalWriter(
      this.#options.journalPath,
      () => ({
        journal: 1,
        base: this.#base,
        salt: this.#state.salt,
        ...(this.#keys && { keys: this.#keys }),
      }),
      resume,
    );
  }

  async #append(record: JournalRecord): Promise<void> {
    while (this.#saving) await this.#saving;
    this.#journaled = true;
    await this.#journal.append(record);
  }

  #end(operation: Operation): void {
    this.#requireWritable();
    if (!this.#inFlight.delete(operation.seq))
      throw new TypeError(`The operation ${operation.seq} on ${operation.urn} has ended already.`);
  }

  #requireWritable(): void {
    if (!this.#lock) throw new TypeError("This state was opened for reading only.");
    if (this.#closed) throw new TypeError("This state is closed.");
  }
}
