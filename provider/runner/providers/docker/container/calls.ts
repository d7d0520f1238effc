/** `docker:index/container:Container`: calls to the engine. */
import type { Container, NetworkConnectOptions } from "dockerode";
import { RunnerError } from "../../../errors.ts";
import { isObject, type Properties } from "../../../values.ts";
import { type Calls, UnfinishedError } from "../calls.ts";
import { changedFields } from "../diff.ts";
import { type Engine, found, statusOf, wordsOf } from "../engine.ts";
import { container as schema } from "../fields/container.ts";
import { objectsOf, textsOf } from "../labels.ts";
import { imageOf } from "../pull.ts";
import { notMade, notStarted } from "./errors.ts";
import { waitUntilHealthy } from "./health.ts";
import { type Inspection, valuesOf } from "./inspect.ts";
import { createOptions, limitOptions } from "./options.ts";
import { archiveOf } from "./uploads.ts";

/** Only these are given to the engine; the rest of what isn't a replacement concerns the provider alone. */
const LIMITS = ["restart", "maxRetryCount", "cpuShares", "memory", "memoryReservation", "cpuSet", "memorySwap"];

export const containerCalls: Calls = {
  async create(engine, inputs) {
    const name = String(inputs.name);
    await imageOf(engine, String(inputs.image), inputs.platform ? String(inputs.platform) : undefined);
    const container = await engine.docker.createContainer(createOptions(inputs)).catch((error: unknown) => {
      throw notMade(name, error);
    });
    try {
      await connect(engine, container, inputs);
      const uploads = objectsOf(inputs.uploads);
      if (uploads.length > 0) await container.putArchive(await archiveOf(uploads), { path: "/" });
      if (inputs.start !== false) await start(container, inputs);
    } catch (error) {
      // It never ran: nothing in it is worth keeping, and under its name it would be in the way of the next try.
      await container.remove({ force: true, v: true }).catch(() => undefined);
      throw error instanceof RunnerError ? error : new RunnerError(`The container "${name}": ${wordsOf(error)}`);
    }
    await settled(engine, container, inputs, inputs);
    return described(container, inputs);
  },

  async read(engine, id, values) {
    const info = (await found(engine.docker.getContainer(id).inspect())) as Inspection | undefined;
    return info && { id: info.Id, values: valuesOf(info, values) };
  },

  async update(engine, id, outputs, inputs) {
    const container = engine.docker.getContainer(id);
    const wanted = desired(outputs, inputs);
    const changed = changedFields(schema.fields, outputs, inputs);
    if (changed.some((key) => LIMITS.includes(key))) {
      const { MemorySwap, ...limits } = limitOptions(inputs);
      // The engine keeps the old limit otherwise, and refuses a memory that is above it.
      const swap = MemorySwap ?? (limits.Memory > 0 ? limits.Memory * 2 : undefined);
      const options = { ...limits, ...(swap === undefined ? {} : { MemorySwap: swap }) };
      await container.update(options).catch((error: unknown) => {
        throw new RunnerError(`The container "${inputs.name}" can't be changed: ${wordsOf(error)}`, { cause: error });
      });
    }
    const { Running: runs } = (await container.inspect()).State;
    if (!runs && (inputs.start === false || inputs.mustRun === false)) return { id, values: wanted };
    if (!runs) await start(container, inputs);
    // One that was left unhealthy is looked at again.
    await settled(engine, container, inputs, wanted);
    if (runs) return { id, values: wanted };
    const { networkDatas, ports } = (await described(container, wanted)).values;
    return { id, values: { ...wanted, networkDatas, ports } };
  },

  async delete(engine, id, outputs) {
    const container = engine.docker.getContainer(id);
    const grace = typeof outputs.destroyGraceSeconds === "number" ? outputs.destroyGraceSeconds : 0;
    // 304: it doesn't run.
    const ignore = (error: unknown) => {
      if (![304, 404].includes(statusOf(error) ?? 0)) throw error;
    };
    await container.stop({ t: grace }).catch(ignore);
    await container.remove({ v: outputs.removeVolumes !== false, force: true }).catch((error: unknown) => {
      if (statusOf(error) === 409 && /already in progress/.test(wordsOf(error))) return;
      ignore(error);
    });
    await container.wait({ condition: "removed" }).catch(ignore);
  },
};

/** Off the network that the engine chose, onto those that the program names. */
async function connect(engine: Engine, container: Container, inputs: Properties): Promise<void> {
  const networks = objectsOf(inputs.networksAdvanced);
  if (networks.length === 0) return;
  await engine.docker
    .getNetwork("bridge")
    .disconnect({ Container: container.id, Force: false })
    .catch((error: unknown) => {
      if (!/is not connected to/.test(wordsOf(error))) throw error;
    });
  for (const network of networks) {
    const name = String(network.name);
    const options = {
      Container: container.id,
      EndpointConfig: {
        Aliases: textsOf(network.aliases),
        IPAMConfig: {
          IPv4Address: network.ipv4Address || undefined,
          IPv6Address: network.ipv6Address || undefined,
          LinkLocalIPs: textsOf(network.linkLocalIps),
        },
        MacAddress: network.macAddress || undefined,
        DriverOpts: Object.fromEntries((textsOf(network.driverOpts) ?? []).map((option) => option.split(/=(.*)/s, 2))),
        GwPriority: network.gwPriority || undefined,
      },
    };
    await engine.docker
      .getNetwork(name)
      .connect(options as NetworkConnectOptions)
      .catch((error: unknown) => {
        const why = statusOf(error) === 404 ? "there is no such network" : wordsOf(error);
        throw new RunnerError(`The container "${inputs.name}" can't be connected to the network "${name}": ${why}`, {
          cause: error,
        });
      });
  }
}

async function start(container: Container, inputs: Properties): Promise<void> {
  await container.start().catch((error: unknown) => {
    if (statusOf(error) !== 304) throw notStarted(inputs, error);
  });
}

/** Healthy, where that is asked for. One that isn't stays as it is, to be looked at. */
async function settled(engine: Engine, container: Container, inputs: Properties, values: Properties): Promise<void> {
  if (inputs.wait !== true || inputs.start === false) return;
  const seconds = typeof inputs.waitTimeout === "number" ? inputs.waitTimeout : 60;
  try {
    await waitUntilHealthy(engine, container, String(inputs.name), seconds);
  } catch (error) {
    const there = await described(container, values).catch(() => undefined);
    if (there && error instanceof Error) throw new UnfinishedError(there, error);
    throw error;
  }
}

async function described(container: Container, values: Properties) {
  const info = (await container.inspect()) as unknown as Inspection;
  return { id: info.Id, values: valuesOf(info, values) };
}

/** The outputs with the inputs in place of what can be given; what the engine chose stays where they say nothing. */
function desired(outputs: Properties, inputs: Properties): Properties {
  const entries = Object.entries(schema.fields).map(([key, field]) => {
    const given = inputs[key];
    const nested = isObject(outputs[key]) || Array.isArray(outputs[key]);
    const chosen = field.outputOnly || field.replace || (field.computed && given === undefined);
    return [key, chosen || (nested && given === undefined) ? outputs[key] : given] as const;
  });
  return Object.fromEntries(entries);
}
