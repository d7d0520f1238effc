/** The shell's connection: in a thread of its own, so that the script can stand still meanwhile. */
import { type MessagePort, workerData } from "node:worker_threads";
import type { Document } from "./bson.ts";
import { type Connection, connectMongo, MongoServerError, type Target } from "./client.ts";

export interface Task {
  readonly database: string;
  readonly body: Document;
}

export type Answer =
  | { readonly answer: Document }
  | { readonly name: string; readonly message: string /** By the server. */; readonly refused: boolean };

const { port, turn, target } = workerData as { port: MessagePort; turn: Int32Array; target: Target };
let connection: Promise<Connection> | undefined;

async function answer({ database, body }: Task): Promise<Answer> {
  try {
    connection ??= connectMongo(target);
    return { answer: await (await connection).command(database, body) };
  } catch (error) {
    const { name, message } = error as Error;
    return { name, message, refused: error instanceof MongoServerError };
  }
}

port.on("message", async (task: Task) => {
  port.postMessage(await answer(task));
  Atomics.store(turn, 0, 1);
  Atomics.notify(turn, 0);
});
