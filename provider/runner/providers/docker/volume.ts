/** `docker:index/volume:Volume`: calls to the engine. One that is there already under the name is taken, data and all. */
import type { VolumeCreateOptions } from "dockerode";
import { RunnerError } from "../../errors.ts";
import type { Properties } from "../../values.ts";
import type { Calls } from "./calls.ts";
import { type Engine, found, persist, statusOf, wordsOf } from "./engine.ts";
import { labelList, labelsOf } from "./labels.ts";

const REMOVAL = 30_000;

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
      throw new RunnerError(`The volume "${inputs.name}" can't be made: ${wordsOf(error)}`, { cause: error });
    }
  },

  async read(engine, id, inputs) {
    const values = await read(engine, id, inputs);
    return values && { id, values };
  },

  async delete(engine, id) {
    const volume = engine.docker.getVolume(id);
    const busy = (error: unknown) => statusOf(error) === 409;
    try {
      await persist(engine, () => found(volume.remove({ force: true })), busy, REMOVAL);
    } catch (error) {
      if (!busy(error)) throw error;
      const users = await engine.docker.listContainers({ all: true, filters: { volume: [id] } });
      const names = users.map(({ Names, Id }) => Names[0]?.replace(/^\//, "") ?? Id.slice(0, 12));
      throw new RunnerError(
        `The volume "${id}" is still in use by ${names.join(", ") || "a container"}, so it can't be removed.`,
        { hint: "Remove the container that uses it, then run it again.", cause: error },
      );
    }
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
