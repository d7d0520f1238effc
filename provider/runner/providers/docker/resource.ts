/** The types of the package: each one's properties and calls, as a provider. Every other type is refused by name. */
import { PartialError, UnsupportedError } from "../../errors.ts";
import { nameOf } from "../../urn.ts";
import { forHandler, markLike, type Properties } from "../../values.ts";
import type { ResourceProvider } from "../provider.ts";
import { type Calls, type Found, UnfinishedError } from "./calls.ts";
import { checkInputs } from "./check.ts";
import { containerCalls } from "./container/calls.ts";
import { changedFields, diffInputs } from "./diff.ts";
import type { Engine } from "./engine.ts";
import { container } from "./fields/container.ts";
import type { ResourceSchema } from "./fields/field.ts";
import { network } from "./fields/network.ts";
import { remoteImage } from "./fields/remote-image.ts";
import { volume } from "./fields/volume.ts";
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
      const { inputs, failures } = checkInputs(schema, nameOf(urn), forHandler(olds), forHandler(news));
      return { inputs: markLike(inputs, news), failures };
    },

    async diff(_id, _oldInputs, oldOutputs, news) {
      return diffInputs(schema, forHandler(oldOutputs), forHandler(news));
    },

    async create(inputs) {
      const given = forHandler(inputs);
      const state = ({ id, values }: Found) => markLike(completeOutputs(schema, id, values, given), inputs);
      const made = await partial(() => connect().then((engine) => calls.create(engine, given)), state);
      return { id: made.id, outputs: state(made) };
    },

    async update(id, _oldInputs, oldOutputs, inputs) {
      const [olds, given] = [forHandler(oldOutputs), forHandler(inputs)];
      const state = (changed: Found) => markLike(completeOutputs(schema, changed.id, changed.values, olds), inputs);
      const unchanged = { id, values: { ...olds, ...given } };
      const act = async () => (calls.update ? calls.update(await connect(), id, olds, given) : unchanged);
      return state(await partial(act, state));
    },

    async read(id, inputs, outputs) {
      const known = Object.keys(outputs).length > 0 ? outputs : inputs;
      const there = await calls.read(await connect(), id, forHandler(known));
      if (!there) return { id: "", outputs: {} };
      const complete = completeOutputs(schema, there.id, there.values, forHandler(known));
      const marked = markLike(markLike(complete, outputs), inputs);
      const drifted = changedFields(schema.fields, complete, forHandler(inputs));
      return { id: there.id, outputs: marked, inputs: driftedInputs(inputs, marked, drifted) };
    },

    async delete(id, outputs) {
      await calls.delete(await connect(), id, forHandler(outputs));
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

/** An object that stays, though not as it was asked for, has to be known to the state. */
async function partial(act: () => Promise<Found>, state: (found: Found) => Properties): Promise<Found> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof UnfinishedError) throw new PartialError(error.found.id, state(error.found), [error.message]);
    throw error;
  }
}
