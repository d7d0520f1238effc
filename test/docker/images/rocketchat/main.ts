/** Stands in for Rocket.Chat: the sandbox, with its workspace in MongoDB. Refuses to start without a primary, as the real one. */
import { once } from "node:events";
import { connect } from "node:net";
import { createInterface } from "node:readline";
import { startSandbox } from "../../../../provider/sandbox/index.ts";
import { parseUrl } from "../mongo/client.ts";
import { start, versionOf } from "./first-start.ts";
import { keeperFor } from "./workspace.ts";

const { env } = process;

/** Really talks to the broker: its greeting, then PING and PONG. */
async function meetBroker(transporter: string): Promise<void> {
  const { hostname, port } = new URL(transporter.replace(/^monolith\+/, ""));
  const socket = connect({ host: hostname, port: Number(port || 4222) });
  await once(socket, "connect");
  socket.write("CONNECT {}\r\nPING\r\n");
  for await (const line of createInterface({ input: socket })) if (line === "PONG") break;
  socket.destroy();
}

async function main(): Promise<void> {
  if (env.MONGO_URL === undefined) throw new Error("MONGO_URL must be set in environment");
  const version = versionOf(env.RC_VERSION);
  if (env.TRANSPORTER) await meetBroker(env.TRANSPORTER);
  const keeper = await keeperFor(parseUrl(env.MONGO_URL), (found) => start(found, version, env));
  const sandbox = await startSandbox({ host: "0.0.0.0", port: Number(env.PORT ?? 3000), keeper });
  console.log(`SERVER RUNNING  Rocket.Chat Version: ${sandbox.version}  Site URL: ${env.ROOT_URL}`);
  for (const signal of ["SIGTERM", "SIGINT"]) process.once(signal, () => sandbox.close().then(() => process.exit(0)));
}

main().catch((error: Error) => {
  console.error(`${error.name}: ${error.message}`);
  process.exit(1);
});
