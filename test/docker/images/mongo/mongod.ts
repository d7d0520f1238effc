#!/usr/local/bin/node
/** `mongod`: options in, a server until it is asked to end. */
import { readFileSync, statSync } from "node:fs";
import { parseArgs } from "node:util";
import { startMongo } from "./server.ts";

const { values } = parseArgs({
  options: {
    replSet: { type: "string" },
    bind_ip: { type: "string", default: "127.0.0.1" },
    bind_ip_all: { type: "boolean", default: false },
    port: { type: "string", default: "27017" },
    dbpath: { type: "string", default: "/data/db" },
    keyFile: { type: "string" },
    auth: { type: "boolean", default: false },
  },
});

/** Its rules: for nobody else to read, 6 to 1024 characters of base64. */
function checkKeyFile(file: string): void {
  if (statSync(file).mode & 0o077) throw new Error(`permissions on ${file} are too open`);
  const key = readFileSync(file, "utf8").replaceAll(/\s/g, "");
  if (!/^[A-Za-z0-9+/=]{6,1024}$/.test(key)) throw new Error(`invalid key in ${file}: 6 to 1024 characters of base64`);
}

try {
  // Set by the image's own start: the rest must do without root's rights.
  const user = Number(process.env.MONGO_RUN_AS ?? 0);
  if (user !== 0) {
    process.setgid?.(user);
    process.setuid?.(user);
  }
  if (values.keyFile !== undefined) checkKeyFile(values.keyFile);
  const { close } = await startMongo({
    folder: values.dbpath,
    port: Number(values.port),
    host: values.bind_ip_all ? "0.0.0.0" : values.bind_ip,
    version: process.env.MONGO_VERSION ?? "8.0",
    setName: values.replSet,
    authRequired: values.auth || values.keyFile !== undefined,
    log: console.log,
  });
  console.log(`Waiting for connections on port ${values.port}`);
  for (const signal of ["SIGTERM", "SIGINT"]) process.once(signal, () => close().then(() => process.exit(0)));
} catch (error) {
  console.error(`mongod: ${(error as Error).message}`);
  process.exit(1);
}
