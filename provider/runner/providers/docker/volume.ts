/** `docker:index/volume:Volume`: calls to the engine. One that is there already under the name is taken, data and all. */
import type { VolumeCreateOptions } from "dockerode";
import { RunnerError } from "../../errors.ts";
import type { Properties } from "../../values.ts";
import type { Calls } from "./calls.ts";
import { type Engine, found, nameOfContainer, statusOf, wordsOf } from "./engine.ts";
import { hintFor } from "./hints.ts";
import { removeUnused } from "./in-use.ts";
import { labelList, labelsOf } from "./labels.ts";

export const volumeCalls: Calls = {
  async create(engine, inputs) {
    const options = {
      Name: inputs.name,
      Labels: labelsOf(inputs.labels),
      Driver: inputs.driver,
      DriverOpts: inputs.driverOpts,
    };
    try {
      const { name: Name } = await engine.docker.createVolume({ _query: {}, _body: options } as VolumeCreateOptions);
      return { id: Name, values: (await read(engine, Name, inputs)) ?? inputs };
    } catch (error) {
      const why = wordsOf(error);
      throw new RunnerError(`The volume "${inputs.name}" can't be made: ${why}`, { hint: hintFor(why), cause: error });
    }
  },

  async read(engine, id, inputs) {
    const values = await read(engine, id, inputs);
    return values && { id, values };
  },

  async delete(engine, id) {
    await removeUnused(engine, {
      what: `The volume "${id}"`,
      remove: () => engine.docker.getVolume(id).remove({ force: true }),
      isBusy: (error) => statusOf(error) === 409,
      users: async () =>
        (await engine.docker.listContainers({ all: true, filters: { volume: [id] } })).map(nameOfContainer),
    });
  },
};

async function read(engine: Engine, id: string, inputs: Properties): Promise<Properties | undefined> {
  const info = await found(engine.docker.getVolume(id).inspect());
  if (!info) return undefined;
  return {
    ...inputs,
    name: info.Name,
    labels: labelList(info.Labels),
    driver: info.Driver,
    driverOpts: info.Options,
    mountpoint: info.Mountpoint,
  };
}
