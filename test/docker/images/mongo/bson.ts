/** BSON, as far as the stand-ins speak it: to and from plain values. Knows no messages and no commands. */

export type Value =
  | string
  | number
  | bigint
  | boolean
  | null
  | undefined
  | Date
  | Uint8Array
  | readonly Value[]
  | { readonly [key: string]: Value };
export type Document = { readonly [key: string]: Value };

const TYPE = {
  double: 0x01,
  string: 0x02,
  document: 0x03,
  array: 0x04,
  binary: 0x05,
  objectId: 0x07,
  boolean: 0x08,
  date: 0x09,
  null: 0x0a,
  int32: 0x10,
  timestamp: 0x11,
  int64: 0x12,
} as const;

const int32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return bytes;
};
const int64 = (value: bigint) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(value);
  return bytes;
};
const double = (value: number) => {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return bytes;
};

function encodeNumber(value: number): [number, Buffer] {
  const whole = Number.isInteger(value) && Math.abs(value) < 2 ** 31 && !Object.is(value, -0);
  return whole ? [TYPE.int32, int32(value)] : [TYPE.double, double(value)];
}

function encodeValue(value: Exclude<Value, undefined>): [number, Buffer] {
  if (value === null) return [TYPE.null, Buffer.alloc(0)];
  if (typeof value === "string") {
    const text = Buffer.from(value);
    return [TYPE.string, Buffer.concat([int32(text.length + 1), text, Buffer.alloc(1)])];
  }
  if (typeof value === "number") return encodeNumber(value);
  if (typeof value === "bigint") return [TYPE.int64, int64(value)];
  if (typeof value === "boolean") return [TYPE.boolean, Buffer.from([value ? 1 : 0])];
  if (value instanceof Date) return [TYPE.date, int64(BigInt(value.getTime()))];
  if (value instanceof Uint8Array)
    return [TYPE.binary, Buffer.concat([int32(value.length), Buffer.alloc(1), Buffer.from(value)])];
  return [Array.isArray(value) ? TYPE.array : TYPE.document, encode(value as Document)];
}

/** Members that are undefined are left out. */
export function encode(document: Document): Buffer {
  const parts = Object.entries(document).flatMap(([key, value]) => {
    if (value === undefined) return [];
    const [type, bytes] = encodeValue(value);
    return [Buffer.from([type]), Buffer.from(`${key}\0`), bytes];
  });
  const body = Buffer.concat(parts);
  return Buffer.concat([int32(body.length + 5), body, Buffer.alloc(1)]);
}

type Read = { readonly value: Value; readonly size: number };

function decodeValue(type: number, bytes: Buffer, at: number): Read {
  switch (type) {
    case TYPE.double:
      return { value: bytes.readDoubleLE(at), size: 8 };
    case TYPE.string: {
      const length = bytes.readInt32LE(at);
      return { value: bytes.toString("utf8", at + 4, at + 3 + length), size: 4 + length };
    }
    case TYPE.document:
    case TYPE.array: {
      const value = decode(bytes, at);
      return { value: type === TYPE.array ? Object.values(value) : value, size: bytes.readInt32LE(at) };
    }
    case TYPE.binary: {
      const length = bytes.readInt32LE(at);
      return { value: Buffer.from(bytes.subarray(at + 5, at + 5 + length)), size: 5 + length };
    }
    case TYPE.objectId:
      return { value: bytes.toString("hex", at, at + 12), size: 12 };
    case TYPE.boolean:
      return { value: bytes[at] === 1, size: 1 };
    case TYPE.date:
      return { value: new Date(Number(bytes.readBigInt64LE(at))), size: 8 };
    case TYPE.null:
      return { value: null, size: 0 };
    case TYPE.int32:
      return { value: bytes.readInt32LE(at), size: 4 };
    case TYPE.timestamp:
    case TYPE.int64:
      return { value: bytes.readBigInt64LE(at), size: 8 };
    default:
      throw new Error(`BSON type 0x${type.toString(16)} is not spoken here`);
  }
}

/** The document that begins at `start`; its size is its first four bytes. */
export function decode(bytes: Buffer, start = 0): Document {
  const end = start + bytes.readInt32LE(start) - 1;
  const document: Record<string, Value> = {};
  let at = start + 4;
  while (at < end) {
    const type = bytes[at] ?? 0;
    const nameEnd = bytes.indexOf(0, at + 1);
    const { value, size } = decodeValue(type, bytes, nameEnd + 1);
    document[bytes.toString("utf8", at + 1, nameEnd)] = value;
    at = nameEnd + 1 + size;
  }
  return document;
}

/** Documents one after the other; a torn last one is left out. */
export function* decodeAll(bytes: Buffer): Generator<Document> {
  let at = 0;
  while (at + 4 <= bytes.length) {
    const size = bytes.readInt32LE(at);
    if (size < 5 || at + size > bytes.length) return;
    yield decode(bytes, at);
    at += size;
  }
}
