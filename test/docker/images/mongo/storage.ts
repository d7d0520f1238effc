/** The data folder of the stand-in: documents by collection, kept in a journal that is on disk before a write is answered. */
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import path from "node:path";
import { type Document, decodeAll, encode, type Value } from "./bson.ts";

type Change = { put: Document } | { remove: Value } | { drop: true };

/** Ids may be any value; equal ones have the same text. */
const keyOf = (id: Value): string => encode({ id }).toString("base64");

export class Storage {
  readonly #collections = new Map<string, Map<string, Document>>();
  readonly #file: string;
  #handle: number;

  /** A torn last change, of a server that was killed, is left out: nobody was told that it was made. */
  constructor(folder: string) {
    mkdirSync(folder, { recursive: true });
    this.#file = path.join(folder, "journal.bson");
    if (existsSync(this.#file)) {
      for (const { in: name, ...change } of decodeAll(readFileSync(this.#file)))
        this.#apply(String(name), change as Change);
    }
    const fresh = `${this.#file}.new`;
    this.#handle = openSync(fresh, "w", 0o600);
    for (const name of this.names()) for (const put of this.all(name)) this.#write(name, { put });
    fsyncSync(this.#handle);
    renameSync(fresh, this.#file);
  }

  /** "database.collection" of all that hold something. */
  names(): string[] {
    return [...this.#collections].filter(([, documents]) => documents.size > 0).map(([name]) => name);
  }

  /** In the order in which they were made. */
  all(name: string): Document[] {
    return [...(this.#collections.get(name)?.values() ?? [])];
  }

  get(name: string, id: Value): Document | undefined {
    return this.#collections.get(name)?.get(keyOf(id));
  }

  put(name: string, ...documents: readonly Document[]): void {
    this.#keep(
      name,
      documents.map((put) => ({ put })),
    );
  }

  remove(name: string, ...ids: readonly Value[]): void {
    this.#keep(
      name,
      ids.map((remove) => ({ remove })),
    );
  }

  drop(name: string): void {
    this.#keep(name, [{ drop: true }]);
  }

  close(): void {
    closeSync(this.#handle);
  }

  #keep(name: string, changes: readonly Change[]): void {
    for (const change of changes) {
      this.#write(name, change);
      this.#apply(name, change);
    }
    fsyncSync(this.#handle);
  }

  #write(name: string, change: Change): void {
    writeSync(this.#handle, encode({ in: name, ...change }));
  }

  #apply(name: string, change: Change): void {
    const documents = this.#collections.get(name) ?? new Map<string, Document>();
    this.#collections.set(name, documents);
    if ("put" in change) documents.set(keyOf(change.put._id), change.put);
    else if ("remove" in change) documents.delete(keyOf(change.remove));
    else documents.clear();
  }
}
