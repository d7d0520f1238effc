/** MongoDB's messages on a socket: OP_MSG, and OP_QUERY for a first `hello`. Knows no command. */
import type { Socket } from "node:net";
import { type Document, decode, encode, type Value } from "./bson.ts";

const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
const CHECKSUM_PRESENT = 1;
const HEADER = 16;
const MAX_SIZE = 48_000_000;

export interface Message {
  readonly requestId: number;
  readonly responseTo: number;
  /** Asked in the old form, so it is answered in it. */
  readonly isQuery: boolean;
  /** The command, `$db` in it. */
  readonly body: Document;
}

/** A list that is sent beside the body: its name, then the documents. */
function sequence(bytes: Buffer): [string, Value[]] {
  const nameEnd = bytes.indexOf(0, 4);
  const documents: Document[] = [];
  for (let at = nameEnd + 1; at < bytes.length; at += bytes.readInt32LE(at)) documents.push(decode(bytes, at));
  return [bytes.toString("utf8", 4, nameEnd), documents];
}

function sections(bytes: Buffer): Document {
  const end = bytes.length - (bytes.readUInt32LE(HEADER) & CHECKSUM_PRESENT ? 4 : 0);
  let body: Document = {};
  for (let at = HEADER + 4; at < end; ) {
    const kind = bytes[at];
    const size = bytes.readInt32LE(at + 1);
    if (kind === 0) body = { ...decode(bytes, at + 1), ...body };
    else body = { ...body, ...Object.fromEntries([sequence(bytes.subarray(at + 1, at + 1 + size))]) };
    at += 1 + size;
  }
  return body;
}

/** flags, "<database>.$cmd", number to skip, number to return, the command */
function query(bytes: Buffer): Document {
  const nameEnd = bytes.indexOf(0, HEADER + 4);
  const [database] = bytes.toString("utf8", HEADER + 4, nameEnd).split(".");
  return { ...decode(bytes, nameEnd + 9), $db: database };
}

function parse(bytes: Buffer): Message {
  const [requestId, responseTo, opcode] = [4, 8, 12].map((at) => bytes.readInt32LE(at)) as [number, number, number];
  if (opcode !== OP_MSG && opcode !== OP_QUERY) throw new Error(`opcode ${opcode} is not spoken here`);
  const isQuery = opcode === OP_QUERY;
  return { requestId, responseTo, isQuery, body: isQuery ? query(bytes) : sections(bytes) };
}

function framed(requestId: number, responseTo: number, opcode: number, parts: readonly Buffer[]): Buffer {
  const header = Buffer.alloc(HEADER);
  header.writeInt32LE(HEADER + parts.reduce((sum, part) => sum + part.length, 0), 0);
  header.writeInt32LE(requestId, 4);
  header.writeInt32LE(responseTo, 8);
  header.writeInt32LE(opcode, 12);
  return Buffer.concat([header, ...parts]);
}

export const message = (requestId: number, responseTo: number, body: Document): Buffer =>
  framed(requestId, responseTo, OP_MSG, [Buffer.alloc(5), encode(body)]);

/** In the form in which it was asked. */
export function reply(to: Message, body: Document): Buffer {
  if (!to.isQuery) return message(0, to.requestId, body);
  const head = Buffer.alloc(20);
  head.writeInt32LE(1, 16);
  return framed(0, to.requestId, OP_REPLY, [head, encode(body)]);
}

/** Calls back for every whole message; a peer that speaks otherwise is cut off. */
export function onMessage(socket: Socket, receive: (message: Message) => void): void {
  let held: Buffer = Buffer.alloc(0);
  socket.on("data", (chunk: Buffer) => {
    held = Buffer.concat([held, chunk]);
    try {
      while (held.length >= HEADER) {
        const size = held.readInt32LE(0);
        if (size < HEADER || size > MAX_SIZE) throw new Error(`a message of ${size} bytes`);
        if (held.length < size) return;
        const whole = held.subarray(0, size);
        held = held.subarray(size);
        receive(parse(whole));
      }
    } catch (error) {
      socket.destroy(error as Error);
    }
  });
}
