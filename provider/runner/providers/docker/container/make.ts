/** Makes a container and what it needs before its first start, or finds the one that a run that was cut off has made. */
import type { Container, ContainerCreateOptions, NetworkConnectOptions } from "dockerode";
import { RunnerError } from "../../../errors.ts";
import type { Properties } from "../../../values.ts";
import { type Engine, found, statusOf, wordsOf } from "../engine.ts";
import { objectsOf, textsOf } from "../labels.ts";
import { imageOf } from "../pull.ts";
import { takeOver } from "../standing.ts";
import { isNameTaken, notMade } from "./errors.ts";
import type { Inspection } from "./inspect.ts";
import { createOptions } from "./options.ts";
import { differing, neverRan } from "./standing.ts";
import { archiveOf } from "./uploads.ts";

export interface Made {
  readonly container: Container;
  /** False: it ran already, so it has what it needs. */
  readonly isNew: boolean;
}

export async function make(engine: Engine, inputs: Properties, cutOff: boolean): Promise<Made> {
  const name = String(inputs.name);
  const image = await imageOf(engine, String(inputs.image), inputs.platform ? String(inputs.platform) : undefined);
  const options = createOptions(inputs) as ContainerCreateOptions;
  const create = async () => ({ container: await engine.docker.createContainer(options), isNew: true });
  try {
    return await create();
  } catch (error) {
    const there = isNameTaken(error) ? await found(engine.docker.getContainer(name).inspect()) : undefined;
    if (!there) throw notMade(name, error);
    const info = there as unknown as Inspection;
    const { Id: id, Created: created } = info;
    const container = engine.docker.getContainer(id);
    const differs = cutOff ? await differing(container, info, image, inputs) : [];
    takeOver(engine, { noun: "container", name, id, created, differing: differs }, cutOff, error);
    if (!neverRan(info)) return { container, isNew: false };
    // How far it had come is not known, and there is nothing in it yet.
    await container.remove({ v: true });
    return create();
  }
}

/** Its networks and files. */
export async function furnish(engine: Engine, container: Container, inputs: Properties): Promise<void> {
  await connect(engine, container, inputs);
  const uploads = objectsOf(inputs.uploads);
  if (uploads.length > 0) await container.putArchive(await archiveOf(uploads), { path: "/" });
}

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
