/** Commands on documents. Filters by equality of whole members, updates by whole documents: what the other stand-ins send. */
import { isDeepStrictEqual } from "node:util";
import type { Document } from "./bson.ts";
import { type Call, type Command, listOf } from "./command.ts";
import { Failure } from "./failure.ts";
import { isPrimary } from "./replication.ts";

function collection({ server, database, body }: Call): string {
  if (!isPrimary(server)) throw new Failure("NotWritablePrimary", "not primary");
  return `${database}.${String(Object.values(body)[0])}`;
}

function plain(document: Document, what: string): Document {
  const operator = Object.keys(document).find((key) => key.startsWith("$"));
  if (operator === undefined) return document;
  throw new Failure("BadValue", `${operator} in ${what} is not known to this stand-in`);
}

function matching(call: Call, filter: unknown): Document[] {
  const wanted = Object.entries(plain((filter ?? {}) as Document, "a filter"));
  const { storage } = call.server;
  const [first] = wanted;
  if (wanted.length === 1 && first?.[0] === "_id") {
    const found = storage.get(collection(call), first[1]);
    return found === undefined ? [] : [found];
  }
  return storage
    .all(collection(call))
    .filter((one) => wanted.every(([key, value]) => isDeepStrictEqual(one[key], value)));
}

const cursor = (database: string, name: unknown, firstBatch: readonly Document[]) => ({
  cursor: { id: 0n, ns: `${database}.${name}`, firstBatch },
  ok: 1,
});

const insert: Command = (call) => {
  const documents = listOf(call.body.documents);
  for (const { _id } of documents) {
    if (call.server.storage.get(collection(call), _id) !== undefined)
      throw new Failure("DuplicateKey", `E11000 duplicate key error collection: ${collection(call)} dup key: ${_id}`);
  }
  call.server.storage.put(collection(call), ...documents);
  return { n: documents.length, ok: 1 };
};

const update: Command = (call) => {
  let n = 0;
  const changed: Document[] = [];
  for (const { q, u, upsert } of listOf(call.body.updates)) {
    const replacement = plain(u as Document, "an update");
    const [found] = matching(call, q);
    if (found === undefined && upsert !== true) continue;
    changed.push({ _id: (found ?? (q as Document))._id, ...replacement });
    n++;
  }
  call.server.storage.put(collection(call), ...changed);
  return { n, nModified: n, ok: 1 };
};

const remove: Command = (call) => {
  const ids = listOf(call.body.deletes).flatMap(({ q, limit }) =>
    matching(call, q)
      .slice(0, limit === 1 ? 1 : undefined)
      .map(({ _id }) => _id),
  );
  call.server.storage.remove(collection(call), ...ids);
  return { n: ids.length, ok: 1 };
};

const find: Command = (call) => {
  const { find: name, filter, limit } = call.body;
  const found = matching(call, filter);
  return cursor(call.database, name, limit ? found.slice(0, Number(limit)) : found);
};

const count: Command = (call) => ({ n: matching(call, call.body.query).length, ok: 1 });

const drop: Command = (call) => {
  call.server.storage.drop(collection(call));
  return { ok: 1 };
};

const listCollections: Command = ({ server, database }) => {
  const names = server.storage.names().filter((name) => name.startsWith(`${database}.`));
  const found = names.map((name) => ({ name: name.slice(database.length + 1), type: "collection" }));
  return cursor(database, "$cmd.listCollections", found);
};

export const documentCommands = { insert, update, delete: remove, find, count, drop, listCollections };
