/** Commands of a replica set with one member: made once, remembered, and its own primary from then on. */
import type { Document } from "./bson.ts";
import { connectOnce } from "./client.ts";
import { type Command, listOf, type Server } from "./command.ts";
import { Failure } from "./failure.ts";

const CONFIG = "local.system.replset";

const configOf = ({ storage }: Server): Document | undefined => storage.all(CONFIG)[0];

export const isPrimary = (server: Server): boolean => server.setName === undefined || configOf(server) !== undefined;

export const hello: Command = ({ server }) => {
  const config = configOf(server);
  const [member] = listOf(config?.members);
  const base = {
    topologyVersion: { processId: server.processId, counter: 0n },
    maxBsonObjectSize: 16_777_216,
    maxMessageSizeBytes: 48_000_000,
    maxWriteBatchSize: 100_000,
    localTime: new Date(),
    minWireVersion: 0,
    maxWireVersion: 25,
    readOnly: false,
    ok: 1,
  };
  if (server.setName === undefined) return { ...base, isWritablePrimary: true, ismaster: true };
  if (config === undefined) {
    const info = "Does not have a valid replica set config";
    return { ...base, isWritablePrimary: false, ismaster: false, secondary: false, isreplicaset: true, info };
  }
  const set = { setName: config._id, hosts: [member?.host], me: member?.host, primary: member?.host };
  return { ...base, ...set, setVersion: 1, isWritablePrimary: true, ismaster: true, secondary: false };
};

function needsReplication({ setName }: Server): string {
  if (setName !== undefined) return setName;
  throw new Failure("NoReplicationEnabled", "not running with --replSet");
}

/** A configuration whose member is not reached, or is another server, is refused, as a real one does it. */
async function isItself(server: Server, host: string): Promise<boolean> {
  try {
    const connection = await connectOnce(host);
    const { topologyVersion } = await connection.command("admin", { hello: 1 });
    connection.close();
    return (topologyVersion as Document | undefined)?.processId === server.processId;
  } catch {
    return false;
  }
}

export const replSetInitiate: Command = async ({ server, body }) => {
  const setName = needsReplication(server);
  if (configOf(server) !== undefined) throw new Failure("AlreadyInitialized", "already initialized");
  const config = body.replSetInitiate as Document;
  const members = listOf(config.members);
  if (config._id !== setName)
    throw new Failure("InvalidReplicaSetConfig", `the set is named ${setName} on the command line, but ${config._id}`);
  if (members.length !== 1) throw new Failure("InvalidReplicaSetConfig", "this stand-in is a set of one member");
  const host = String(members[0]?.host);
  if (!(await isItself(server, host)))
    throw new Failure("NodeNotFound", `${host} in the configuration is not this node`);
  server.storage.put(CONFIG, { ...config, version: 1 });
  return { ok: 1 };
};

export const replSetGetStatus: Command = ({ server }) => {
  needsReplication(server);
  const config = configOf(server);
  if (config === undefined) throw new Failure("NotYetInitialized", "no replset config has been received");
  const members = listOf(config.members).map(({ _id, host }) => ({
    _id,
    name: host,
    health: 1,
    state: 1,
    stateStr: "PRIMARY",
  }));
  return { set: config._id, date: new Date(), myState: 1, members, ok: 1 };
};
