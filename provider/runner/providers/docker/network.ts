/** `docker:index/network:Network`: calls to the engine. */
import type Docker from "dockerode";
import { RunnerError } from "../../errors.ts";
import { isObject, type Properties } from "../../values.ts";
import type { Calls } from "./calls.ts";
import { changedFields } from "./diff.ts";
import { type Engine, found, wordsOf } from "./engine.ts";
import { network as schema } from "./fields/network.ts";
import { hintFor } from "./hints.ts";
import { removeUnused } from "./in-use.ts";
import { labelList, labelsOf, objectsOf } from "./labels.ts";
import { takeOver } from "./standing.ts";

export const networkCalls: Calls = {
  async create(engine, inputs, cutOff) {
    const name = String(inputs.name);
    const options = {
      Name: name,
      CheckDuplicate: true,
      Labels: labelsOf(inputs.labels),
      Driver: inputs.driver,
      Options: inputs.options,
      Internal: inputs.internal,
      Attachable: inputs.attachable,
      Ingress: inputs.ingress,
      EnableIPv6: inputs.ipv6,
      IPAM: {
        Driver: inputs.ipamDriver,
        Options: inputs.ipamOptions,
        ...(inputs.ipamConfigs ? { Config: objectsOf(inputs.ipamConfigs).map(toIpam) } : {}),
      },
    };
    const api = { _query: {}, _body: options } as unknown as Docker.NetworkCreateOptions;
    const made = await engine.docker.createNetwork(api).catch(async (error: unknown) => {
      const why = wordsOf(error);
      const there = /already exists/.test(why) ? await inspect(engine, name) : undefined;
      if (!there)
        throw new RunnerError(`The network "${name}" can't be made: ${why}`, { hint: hintFor(why), cause: error });
      const { Id: id, Created: created } = there;
      const differing = changedFields(schema.fields, valuesOf(there, inputs), inputs);
      takeOver(engine, { noun: "network", name, id, created, differing }, cutOff, error);
      return { id };
    });
    const info = await inspect(engine, made.id);
    return { id: made.id, values: info ? valuesOf(info, inputs) : inputs };
  },

  async read(engine, id, inputs) {
    const info = await inspect(engine, id);
    return info && { id, values: valuesOf(info, inputs) };
  },

  async delete(engine, id, outputs) {
    const network = engine.docker.getNetwork(id);
    await removeUnused(engine, {
      what: `The network "${outputs.name}"`,
      remove: () => network.remove(),
      isBusy: (error) => /has active endpoints/.test(wordsOf(error)),
      users: async () => {
        const info = (await network.inspect()) as { Containers?: Record<string, { Name: string }> };
        return Object.values(info.Containers ?? {}).map(({ Name }) => Name);
      },
    });
  },
};

/** By id or name. */
const inspect = (engine: Engine, id: string) =>
  found(engine.docker.getNetwork(id).inspect()) as Promise<NetworkInfo | undefined>;

function valuesOf(info: NetworkInfo, inputs: Properties): Properties {
  return {
    ...inputs,
    name: info.Name,
    labels: labelList(info.Labels),
    driver: info.Driver,
    options: info.Options,
    internal: info.Internal,
    attachable: info.Attachable,
    ingress: info.Ingress,
    ipv6: info.EnableIPv6,
    ipamDriver: info.IPAM?.Driver,
    ipamOptions: info.IPAM?.Options,
    ipamConfigs: (info.IPAM?.Config ?? []).map(fromIpam),
    scope: info.Scope,
  };
}

/** The engine's words, as the API has them; the types of the client miss some. */
interface NetworkInfo {
  readonly Id: string;
  readonly Created: string;
  readonly Name: string;
  readonly Labels?: Record<string, string>;
  readonly Driver: string;
  readonly Options?: Record<string, string>;
  readonly Internal: boolean;
  readonly Attachable: boolean;
  readonly Ingress: boolean;
  readonly EnableIPv6: boolean;
  readonly IPAM?: {
    readonly Driver: string;
    readonly Options?: Record<string, string> | null;
    readonly Config?: readonly Ipam[] | null;
  };
  readonly Scope: string;
}

interface Ipam {
  readonly Subnet?: string;
  readonly IPRange?: string;
  readonly Gateway?: string;
  readonly AuxiliaryAddresses?: Record<string, string>;
}

const fromIpam = ({ Subnet, IPRange, Gateway, AuxiliaryAddresses }: Ipam): Properties => ({
  subnet: Subnet,
  ipRange: IPRange,
  gateway: Gateway,
  auxAddress: AuxiliaryAddresses ?? {},
});

const toIpam = (given: Properties) => ({
  Subnet: given.subnet,
  IPRange: given.ipRange,
  Gateway: given.gateway,
  ...(isObject(given.auxAddress) ? { AuxiliaryAddresses: given.auxAddress } : {}),
});
