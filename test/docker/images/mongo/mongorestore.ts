#!/usr/local/bin/node
/** `mongorestore --uri --archive [--gzip] [--nsInclude '<database>.*'] [--drop]`: takes what the stand-in's mongodump made. */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";
import { type Document, decodeAll } from "./bson.ts";
import { connectMongo, parseUrl } from "./client.ts";

const { values } = parseArgs({
  options: {
    uri: { type: "string", default: "mongodb://127.0.0.1:27017/test" },
    archive: { type: "string", default: "archive" },
    gzip: { type: "boolean", default: false },
    drop: { type: "boolean", default: false },
    nsInclude: { type: "string", default: "*" },
  },
});

try {
  const connection = await connectMongo(parseUrl(values.uri));
  const bytes = readFileSync(values.archive);
  const included = values.nsInclude.replace(/\*$/, "");
  const byName = new Map<string, Document[]>();
  for (const { in: name, document } of decodeAll(values.gzip ? gunzipSync(bytes) : bytes)) {
    if (!String(name).startsWith(included)) continue;
    byName.set(String(name), [...(byName.get(String(name)) ?? []), document as Document]);
  }
  for (const [name, documents] of byName) {
    const [database = "", ...rest] = name.split(".");
    const collection = rest.join(".");
    if (values.drop) await connection.command(database, { drop: collection });
    await connection.command(database, { insert: collection, documents });
    console.error(`finished restoring ${name} (${documents.length} documents, 0 failures)`);
  }
  connection.close();
} catch (error) {
  console.error(`Failed: ${(error as Error).message}`);
  process.exit(1);
}
