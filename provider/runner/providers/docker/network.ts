/** `docker:index/network:Network`: calls to the engine. */
import type Docker from "dockerode";
import { RunnerError } from "../../errors.ts";
import { isObject, type Properties } from "../../values.ts";
import type { Calls } from "./calls.ts";
import { type Engine, found, persist, wordsOf } from "./engine.ts";
import { labelList, labelsOf, objectsOf } from "./labels.ts";

const REMOVAL = 30_000;

export const networkCalls: Calls = {
  async create(engine, inputs) {
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
    try {
      const { id } = await engine.docker.createNetwork({
        _query: {},
        _body: options,
      } as unknown as Docker.NetworkCreateOptions);
      return { id, values: (await read(engine, id, inputs)) ?? inputs };
    } catch (error) {
      throw notMade(name, wordsOf(error), error);
    }
  },

  async read(engine, id, inputs) {
    const values = await read(engine, id, inputs);
    return values && { id, values };
  },

  async delete(engine, id, outputs) {
    const network = engine.docker.getNetwork(id);
    const busy = (error: unknown) => /has active endpoints/.test(wordsOf(error));
    try {
      await persist(engine, () => found(network.remove()), busy, REMOVAL);
    } catch (error) {
      if (!busy(error)) throw error;
      const info = (await network.inspect()) as { Containers?: Record<string, { Name: string }> };
      const names = Object.values(info.Containers ?? {}).map(({ Name }) => Name);
      throw new RunnerError(
        `The network "${outputs.name}" is still in use by ${names.join(", ") || "a container"}, so it can't be removed.`,
        { hint: "Remove or disconnect what uses it, then run it again.", cause: error },
      );
    }
  },
};

async function read(engine: Engine, id: string, inputs: Properties): Promise<Properties | undefined> {
  const info = (await found(engine.docker.getNetwork(id).inspect())) as NetworkInfo | undefined;
  if (!info) return undefined;
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

function notMade(name: string, why: string, cause: unknown): RunnerError {
  if (/already exists/.test(why)) {
    return new RunnerError(`A network named "${name}" is there already, and it is not this stack's.`, {
      hint: `Give another \`name\`, or remove it: docker network rm ${name}`,
      cause,
    });
  }
  return new RunnerError(`The network "${name}" can't be made: ${why}`, { cause });
}
