/** The sandbox's workspace in MongoDB: each of its collections is one there. Only what changed is written. */
import { isDeepStrictEqual } from "node:util";
import { freshState } from "../../../../provider/sandbox/core/fresh.ts";
import type { State } from "../../../../provider/sandbox/core/state.ts";
import type { Keeper } from "../../../../provider/sandbox/index.ts";
import type { Document, Value } from "../mongo/bson.ts";
import { type Connection, connectMongo, MongoServerError, type Target } from "../mongo/client.ts";

/** What is no collection is one document here. */
const WORKSPACE = "workspace";

/** "collection" → id → document. */
type Tables = Map<string, Map<string, unknown>>;

function tablesOf(state: State): Tables {
  const parts = Object.entries(state);
  const single = parts.filter(([, part]) => typeof part !== "object");
  const tables: Tables = new Map([[WORKSPACE, new Map([[WORKSPACE, Object.fromEntries(single)]])]]);
  for (const [name, part] of parts) if (typeof part === "object") tables.set(name, new Map(Object.entries(part)));
  return tables;
}

const batch = ({ cursor }: Document) => (cursor as Document).firstBatch as Document[];

/** Undefined: the database is empty. */
async function load(connection: Connection, database: string): Promise<State | undefined> {
  const found: Record<string, unknown> = {};
  for (const { name } of batch(await connection.command(database, { listCollections: 1 }))) {
    const documents = batch(await connection.command(database, { find: name }));
    found[String(name)] = Object.fromEntries(documents.map(({ _id, document }) => [_id, document]));
  }
  const { [WORKSPACE]: single, ...collections } = found as Record<string, Record<string, object>>;
  if (single === undefined) return undefined;
  const empty = Object.entries(freshState("8.6.1")).flatMap(([name, part]) =>
    typeof part === "object" ? [[name, {}]] : [],
  );
  return { ...Object.fromEntries(empty), ...collections, ...single[WORKSPACE] } as State;
}

/** Commands that bring a collection from one content to the other. */
function changes(name: string, before: ReadonlyMap<string, unknown>, after: ReadonlyMap<string, unknown>): Document[] {
  const updates = [...after]
    .filter(([id, document]) => !isDeepStrictEqual(before.get(id), document))
    .map(([_id, document]) => ({ q: { _id }, u: { document: document as Value }, upsert: true }));
  const deletes = [...before.keys()].filter((id) => !after.has(id)).map((_id) => ({ q: { _id }, limit: 1 }));
  return [
    ...(updates.length > 0 ? [{ update: name, updates }] : []),
    ...(deletes.length > 0 ? [{ delete: name, deletes }] : []),
  ];
}

/** @param begin makes the state to begin with from what the database holds */
export async function keeperFor(
  target: Target,
  begin: (found: State | undefined) => State,
): Promise<Keeper & { close(): void }> {
  let connection = await connectMongo(target);
  const { setName } = await connection.command("admin", { hello: 1 });
  if (setName === undefined)
    throw new MongoServerError({ errmsg: "The $changeStream stage is only supported on replica sets", code: 40_573 });
  const found = await load(connection, target.database);
  let kept = found === undefined ? (new Map() as Tables) : structuredClone(tablesOf(found));

  /** The database may have been away meanwhile; every change can be made twice. */
  async function send(command: Document): Promise<void> {
    if (connection.closed) connection = await connectMongo(target);
    try {
      await connection.command(target.database, command);
    } catch (error) {
      if (error instanceof MongoServerError) throw error;
      await send(command);
    }
  }

  const save = async (state: State) => {
    const next = structuredClone(tablesOf(state));
    for (const name of new Set([...kept.keys(), ...next.keys()])) {
      for (const command of changes(name, kept.get(name) ?? new Map(), next.get(name) ?? new Map()))
        await send(command);
    }
    kept = next;
  };
  const state = begin(found);
  await save(state);
  return { state, save, close: () => connection.close() };
}
