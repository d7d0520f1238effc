#!/usr/local/bin/node
/** `mongodump --uri --archive [--gzip]`: all collections of one database in one file, in a form of the stand-in's own. */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { type Document, encode } from "./bson.ts";
import { connectMongo, parseUrl } from "./client.ts";

const { values } = parseArgs({
  options: {
    uri: { type: "string", default: "mongodb://127.0.0.1:27017/test" },
    archive: { type: "string", default: "archive" },
    gzip: { type: "boolean", default: false },
    quiet: { type: "boolean", default: false },
  },
});

const batch = ({ cursor }: Document) => (cursor as Document).firstBatch as Document[];

try {
  const target = parseUrl(values.uri);
  const { database } = target;
  const connection = await connectMongo(target);
  const parts: Buffer[] = [];
  for (const { name } of batch(await connection.command(database, { listCollections: 1 }))) {
    const documents = batch(await connection.command(database, { find: name }));
    parts.push(...documents.map((document) => encode({ in: `${database}.${name}`, document })));
    if (!values.quiet) console.error(`done dumping ${database}.${name} (${documents.length} documents)`);
  }
  connection.close();
  const all = Buffer.concat(parts);
  writeFileSync(values.archive, values.gzip ? gzipSync(all) : all);
} catch (error) {
  console.error(`Failed: ${(error as Error).message}`);
  process.exit(1);
}
