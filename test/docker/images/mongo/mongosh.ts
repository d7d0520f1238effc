#!/usr/local/bin/node
/** `mongosh --eval`: runs a script on `db` and `rs`, whose calls wait for their answers as the real shell's do. */
import { parseArgs } from "node:util";
import vm from "node:vm";
import { MessageChannel, receiveMessageOnPort, Worker } from "node:worker_threads";
import type { Document } from "./bson.ts";
import { parseUrl, type Target } from "./client.ts";
import type { Answer, Task } from "./mongosh-worker.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quiet: { type: "boolean" },
    eval: { type: "string", multiple: true, default: [] },
    host: { type: "string", default: "127.0.0.1" },
    port: { type: "string", default: "27017" },
    username: { type: "string", short: "u" },
    password: { type: "string", short: "p" },
    authenticationDatabase: { type: "string", default: "admin" },
  },
});

function targetOf(): Target {
  if (positionals[0] !== undefined) return parseUrl(positionals[0]);
  const { username: user, password = "", authenticationDatabase: source, host, port } = values;
  return {
    host: `${host}:${port}`,
    database: "test",
    selectionMs: 2_000,
    ...(user !== undefined && { login: { user, password, source } }),
  };
}

class MongoServerError extends Error {
  override readonly name = "MongoServerError";
}

const target = targetOf();
const turn = new Int32Array(new SharedArrayBuffer(4));
const { port1: port, port2 } = new MessageChannel();
const worker = new Worker(new URL("./mongosh-worker.ts", import.meta.url), {
  workerData: { port: port2, turn, target },
  transferList: [port2],
});

/** Stands still until the worker has the answer. */
function ask(task: Task): Document {
  port.postMessage(task);
  Atomics.wait(turn, 0, 0);
  Atomics.store(turn, 0, 0);
  const answer = receiveMessageOnPort(port)?.message as Answer;
  if ("answer" in answer) return answer.answer;
  if (answer.refused) throw new MongoServerError(answer.message);
  console.error(`${answer.name}: ${answer.message}`);
  process.exit(1);
}

const collection = (database: string, name: string) => ({
  estimatedDocumentCount: () => ask({ database, body: { count: name } }).n,
  countDocuments: (query: Document = {}) => ask({ database, body: { count: name, query } }).n,
  findOne: (filter: Document = {}) => (ask({ database, body: { find: name, filter } }).cursor as Document).firstBatch,
  insertOne: (document: Document) => ask({ database, body: { insert: name, documents: [document] } }),
});

/** A name that is none of the shell's own is a collection. */
function databaseOf(name: string): object {
  const known = {
    hello: () => ask({ database: name, body: { hello: 1 } }),
    runCommand: (body: Document) => ask({ database: name, body }),
    adminCommand: (body: Document) => ask({ database: "admin", body }),
    createUser: ({ user, ...rest }: Document) => ask({ database: name, body: { createUser: user, ...rest } }),
    getSiblingDB: databaseOf,
  };
  return new Proxy(known, {
    get: (own, key) => Reflect.get(own, key) ?? (typeof key === "string" ? collection(name, key) : undefined),
  });
}

const context = vm.createContext({
  db: databaseOf(target.database),
  rs: {
    status: () => ask({ database: "admin", body: { replSetGetStatus: 1 } }),
    initiate: (config: Document) => ask({ database: "admin", body: { replSetInitiate: config } }),
  },
  print: (...parts: unknown[]) => console.log(...parts),
  quit: (code = 0) => process.exit(code),
});

try {
  let result: unknown;
  for (const script of values.eval) result = vm.runInContext(script, context);
  if (result !== undefined) console.log(result);
} catch (error) {
  console.error(String(error));
  process.exitCode = 1;
}
port.close();
await worker.terminate();
