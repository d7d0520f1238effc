/** `docker:index/container:Container`: calls to the engine. */
import type { Container } from "dockerode";
import { RunnerError } from "../../../errors.ts";
import { isObject, type Properties } from "../../../values.ts";
import { type Calls, type Found, UnfinishedError } from "../calls.ts";
import { changedFields } from "../diff.ts";
import { type Engine, type EngineOf, found, statusOf, wordsOf } from "../engine.ts";
import { container as schema } from "../fields/container.ts";
import { notStarted } from "./errors.ts";
import { waitUntilHealthy } from "./health.ts";
import { type Inspection, valuesOf } from "./inspect.ts";
import { furnish, make } from "./make.ts";
import { limitOptions } from "./options.ts";

/** Only these are given to the engine; the rest of what isn't a replacement concerns the provider alone. */
const LIMITS = ["restart", "maxRetryCount", "cpuShares", "memory", "memoryReservation", "cpuSet", "memorySwap"];

export const containerCalls: Calls = {
  async create(engine, inputs, cutOff) {
    const { container, isNew } = await make(engine, inputs, cutOff);
    try {
      if (isNew) await furnish(engine, container, inputs);
      if (inputs.start !== false) await start(engine, container, inputs);
    } catch (error) {
      // It never ran: nothing in it is worth keeping, and under its name it would be in the way of the next try.
      if (isNew) await container.remove({ force: true, v: true }).catch(() => undefined);
      throw error instanceof RunnerError
        ? error
        : new RunnerError(`The container "${inputs.name}": ${wordsOf(error)}`, { cause: error });
    }
    await settled(engine, container, inputs, inputs);
    return described(engine, container, inputs);
  },

  async read(engine, id, values) {
    const info = (await found(engine.docker.getContainer(id).inspect())) as Inspection | undefined;
    return info && of(engine, info, values);
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
    if (!runs) await start(engine, container, inputs);
    // One that was left unhealthy is looked at again.
    await settled(engine, container, inputs, wanted);
    if (runs) return { id, values: wanted };
    const { networkDatas, ports } = (await described(engine, container, wanted)).values;
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

async function start(engine: EngineOf, container: Container, inputs: Properties): Promise<void> {
  await container.start().catch(async (error: unknown) => {
    if (statusOf(error) !== 304) throw await notStarted(engine, inputs, error);
  });
}

/** Healthy, where that is asked for. One that isn't stays as it is, to be looked at. */
async function settled(engine: EngineOf, container: Container, inputs: Properties, values: Properties): Promise<void> {
  if (inputs.wait !== true || inputs.start === false) return;
  // Beforehand too: the engine itself may go away.
  const before = await described(engine, container, values);
  try {
    await waitUntilHealthy(engine, container, inputs);
  } catch (error) {
    const there = await described(engine, container, values).catch(() => before);
    throw error instanceof Error ? new UnfinishedError(there, error) : error;
  }
}

async function described(engine: Engine, container: Container, values: Properties): Promise<Found> {
  const info = (await container.inspect()) as unknown as Inspection;
  return of(engine, info, values);
}

async function of(engine: Engine, info: Inspection, known: Properties): Promise<Found> {
  const values = valuesOf(info, known);
  // Without swap accounting the engine drops the limit and says so by -1; asking again for it would change nothing.
  const dropped = values.memorySwap === -1 && Number(known.memorySwap) > 0 && !(await engine.docker.info()).SwapLimit;
  return { id: info.Id, values: dropped ? { ...values, memorySwap: known.memorySwap } : values };
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
