/** The types of the package: each one's properties and calls, as a provider. Every other type is refused by name. */
import { messageOf, PartialError, UnsupportedError } from "../../errors.ts";
import { nameOf } from "../../urn.ts";
import { forHandler, markLike, type Properties } from "../../values.ts";
import type { ResourceProvider } from "../provider.ts";
import { type Calls, type Found, UnfinishedError } from "./calls.ts";
import { checkInputs } from "./check.ts";
import { containerCalls } from "./container/calls.ts";
import { changedFields, diffInputs } from "./diff.ts";
import type { Engine, EngineOf } from "./engine.ts";
import { container } from "./fields/container.ts";
import type { ResourceSchema } from "./fields/field.ts";
import { network } from "./fields/network.ts";
import { remoteImage } from "./fields/remote-image.ts";
import { volume } from "./fields/volume.ts";
import { hider } from "./hide.ts";
import { whenLost } from "./lost.ts";
import { networkCalls } from "./network.ts";
import { completeOutputs } from "./outputs.ts";
import { remoteImageCalls } from "./remote-image.ts";
import { volumeCalls } from "./volume.ts";

const types: Readonly<Record<string, { readonly schema: ResourceSchema; readonly calls: Calls }>> = {
  "docker:index/network:Network": { schema: network, calls: networkCalls },
  "docker:index/volume:Volume": { schema: volume, calls: volumeCalls },
  "docker:index/remoteImage:RemoteImage": { schema: remoteImage, calls: remoteImageCalls },
  "docker:index/container:Container": { schema: container, calls: containerCalls },
};

export function dockerResource(type: string, connect: () => Promise<Engine>): ResourceProvider {
  const known = types[type];
  if (known) return adapt(known.schema, known.calls, connect);
  const supported = Object.keys(types)
    .map((name) => name.split(":").pop())
    .join(", ");
  throw new UnsupportedError(`The type ${type} of the Docker package (only ${supported} are)`);
}

/** Opens values for the calls and marks them again, as the engine does for a provider. */
function adapt(schema: ResourceSchema, calls: Calls, connect: () => Promise<Engine>): ResourceProvider {
  return {
    async check(olds, news, urn) {
      // Here, so that a preview says it as well, and before anything is done.
      await connect();
      const { inputs, failures } = checkInputs(schema, nameOf(urn), forHandler(olds), forHandler(news));
      return { inputs: markLike(inputs, news), failures };
    },

    async diff(_id, _oldInputs, oldOutputs, news) {
      return diffInputs(schema, forHandler(oldOutputs), forHandler(news));
    },

    async create(inputs, cutOff = false) {
      const given = forHandler(inputs);
      const state = ({ id, values }: Found) => markLike(completeOutputs(schema, id, values, given), inputs);
      const made = await on(connect, inputs, (engine) => calls.create(engine, given, cutOff), state);
      return { id: made.id, outputs: state(made) };
    },

    async update(id, _oldInputs, oldOutputs, inputs) {
      const [olds, given] = [forHandler(oldOutputs), forHandler(inputs)];
      const state = (changed: Found) => markLike(completeOutputs(schema, changed.id, changed.values, olds), inputs);
      const { update } = calls;
      if (!update) return state({ id, values: { ...olds, ...given } });
      return state(await on(connect, inputs, (engine) => update(engine, id, olds, given), state));
    },

    async read(id, inputs, outputs) {
      const known = Object.keys(outputs).length > 0 ? outputs : inputs;
      const there = await on(connect, inputs, (engine) => calls.read(engine, id, forHandler(known)));
      if (!there) return { id: "", outputs: {} };
      const complete = completeOutputs(schema, there.id, there.values, forHandler(known));
      const marked = markLike(markLike(complete, outputs), inputs);
      const drifted = changedFields(schema.fields, complete, forHandler(inputs));
      return { id: there.id, outputs: marked, inputs: driftedInputs(inputs, marked, drifted) };
    },

    async delete(id, outputs) {
      await on(connect, outputs, (engine) => calls.delete(engine, id, forHandler(outputs)));
    },
  };
}

/**
 * What somebody else changed stands in the inputs as well, and no longer as a default: the next update says what it puts
 * right, and the official provider would keep a default that it finds.
 */
function driftedInputs(inputs: Properties, outputs: Properties, drifted: readonly string[]): Properties {
  if (drifted.length === 0) return inputs;
  const { __defaults: defaults } = inputs;
  return {
    ...inputs,
    ...Object.fromEntries(drifted.map((key) => [key, outputs[key]])),
    ...(Array.isArray(defaults) ? { __defaults: defaults.filter((key) => !drifted.includes(key)) } : {}),
  };
}

/** An object that stays, though not as it was asked for, has to be known to the state; so does an engine that went away. */
async function on<T>(
  connect: () => Promise<Engine>,
  marked: Properties,
  act: (engine: EngineOf) => Promise<T>,
  state?: (found: Found) => Properties,
): Promise<T> {
  const engine = await connect();
  try {
    return await act({ ...engine, hide: hider(marked) });
  } catch (error) {
    const told = whenLost(engine.url, error);
    if (!(error instanceof UnfinishedError) || !state) throw told;
    throw new PartialError(error.found.id, state(error.found), [messageOf(told)]);
  }
}
