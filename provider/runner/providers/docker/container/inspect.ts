/** What the engine tells of a container, by the properties' names. Calls nothing. */
import { isObject, type Properties } from "../../../values.ts";
import { durationText } from "./duration.ts";

const MEBIBYTE = 1024 * 1024;

/** The engine's answer as far as it is used; the client's types miss some of it. */
export interface Inspection {
  readonly Id: string;
  readonly Created: string;
  readonly Name: string;
  readonly Image: string;
  readonly Platform?: string;
  readonly RestartCount?: number;
  readonly State: {
    readonly Running: boolean;
    readonly Status: string;
    readonly ExitCode: number;
    readonly Error?: string;
    readonly OOMKilled?: boolean;
    readonly Health?: { readonly Status: string; readonly Log?: readonly { readonly Output: string }[] | null };
  };
  readonly Config: Properties;
  readonly HostConfig: Properties;
  readonly NetworkSettings: {
    readonly Bridge?: string;
    readonly Ports?: Record<string, readonly { HostIp: string; HostPort: string }[] | null> | null;
    readonly Networks?: Record<string, Properties> | null;
  };
}

/** `known`: outputs, else inputs, for what the engine can't tell: the image's own part is mixed into its answer. */
export function valuesOf(info: Inspection, known: Properties): Properties {
  const { Config, HostConfig, NetworkSettings, State } = info;
  const should = known.mustRun !== false;
  const published = Array.isArray(known.ports) && known.ports.length > 0;
  return {
    ...known,
    ...hostValues(HostConfig),
    name: info.Name.replace(/^\/+/, ""),
    image: String(known.image).startsWith("sha256:") ? info.Image : Config.Image,
    platform: info.Platform,
    bridge: NetworkSettings.Bridge ?? "",
    networkDatas: networkDatas(NetworkSettings.Networks ?? {}),
    ...(published && (State.Running || should) ? { ports: portList(NetworkSettings.Ports ?? {}) } : {}),
    // Stopped though it should run: a difference to the inputs, which is put right.
    ...(State.Running ? {} : { exitCode: State.ExitCode, mustRun: false }),
    hostname: Config.Hostname,
    domainname: Config.Domainname,
    command: Config.Cmd,
    entrypoints: Config.Entrypoint,
    user: Config.User,
    workingDir: Config.WorkingDir,
    tty: Config.Tty,
    stdinOpen: Config.OpenStdin,
    stopSignal: Config.StopSignal ?? "",
    stopTimeout: Config.StopTimeout ?? 0,
    ...(isObject(Config.Healthcheck) ? { healthcheck: healthcheck(Config.Healthcheck) } : {}),
    logOpts: isObject(known.logOpts) ? logOpts(HostConfig) : undefined,
    ...(known.pidMode ? { pidMode: HostConfig.PidMode } : {}),
    ...(known.ulimits && HostConfig.Ulimits ? { ulimits: ulimits(HostConfig.Ulimits) } : {}),
  };
}

function hostValues(host: Properties): Properties {
  const policy = isObject(host.RestartPolicy) ? host.RestartPolicy : {};
  const nano = numberOf(host.NanoCpus);
  const capabilities = { adds: host.CapAdd, drops: host.CapDrop };
  return {
    rm: host.AutoRemove,
    readOnly: host.ReadonlyRootfs,
    privileged: host.Privileged,
    publishAllPorts: host.PublishAllPorts,
    init: host.Init ?? false,
    restart: policy.Name,
    maxRetryCount: policy.MaximumRetryCount,
    runtime: host.Runtime,
    networkMode: host.NetworkMode,
    ipcMode: host.IpcMode,
    usernsMode: host.UsernsMode,
    dns: host.Dns,
    dnsOpts: host.DnsOptions,
    dnsSearches: host.DnsSearch,
    hosts: ((host.ExtraHosts as string[] | null) ?? []).map((entry) => {
      const [name, ip] = entry.split(":");
      return { host: name, ip };
    }),
    securityOpts: host.SecurityOpt,
    ...(host.CapAdd || host.CapDrop ? { capabilities } : {}),
    groupAdds: host.GroupAdd,
    sysctls: host.Sysctls,
    tmpfs: host.Tmpfs,
    storageOpts: host.StorageOpt,
    mounts: mountList(host.Mounts),
    memory: mebibytes(host.Memory),
    memoryReservation: mebibytes(host.MemoryReservation),
    memorySwap: mebibytes(host.MemorySwap),
    shmSize: mebibytes(host.ShmSize),
    cpuShares: host.CpuShares,
    cpuSet: host.CpusetCpus,
    ...(nano > 0 ? { cpus: String(nano / 1e9) } : {}),
    logDriver: isObject(host.LogConfig) ? host.LogConfig.Type : undefined,
  };
}

const numberOf = (value: unknown) => (typeof value === "number" ? value : 0);

function mebibytes(value: unknown): number {
  const amount = numberOf(value);
  return amount > 0 ? Math.floor(amount / MEBIBYTE) : amount;
}

const logOpts = (host: Properties) => (isObject(host.LogConfig) ? host.LogConfig.Config : undefined);

function healthcheck(config: Properties): Properties {
  return {
    tests: config.Test,
    interval: durationText(numberOf(config.Interval)),
    timeout: durationText(numberOf(config.Timeout)),
    startPeriod: durationText(numberOf(config.StartPeriod)),
    startInterval: durationText(numberOf(config.StartInterval)),
    retries: numberOf(config.Retries),
  };
}

/** By their names: the engine has them in no order. */
function networkDatas(networks: Record<string, Properties>): Properties[] {
  return Object.entries(networks)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([networkName, data]) => ({
      networkName,
      ipAddress: data.IPAddress ?? "",
      ipPrefixLength: data.IPPrefixLen ?? 0,
      gateway: data.Gateway ?? "",
      globalIpv6Address: data.GlobalIPv6Address ?? "",
      globalIpv6PrefixLength: data.GlobalIPv6PrefixLen ?? 0,
      ipv6Gateway: data.IPv6Gateway ?? "",
      macAddress: data.MacAddress ?? "",
    }));
}

function portList(ports: NonNullable<Inspection["NetworkSettings"]["Ports"]>): Properties[] {
  return Object.entries(ports)
    .map(([key, bindings]) => ({ internal: Number.parseInt(key, 10), protocol: key.split("/")[1], bindings }))
    .sort((one, other) => one.internal - other.internal)
    .flatMap(({ internal, protocol, bindings }) =>
      (bindings ?? []).map(({ HostIp, HostPort }) => ({ internal, external: Number(HostPort), ip: HostIp, protocol })),
    );
}

function mountList(mounts: unknown): Properties[] {
  return (Array.isArray(mounts) ? mounts.filter(isObject) : []).map((mount) => ({
    type: mount.Type,
    target: mount.Target,
    source: mount.Source ?? "",
    readOnly: mount.ReadOnly === true,
    ...(isObject(mount.BindOptions) ? { bindOptions: { propagation: mount.BindOptions.Propagation } } : {}),
    ...(isObject(mount.TmpfsOptions)
      ? { tmpfsOptions: { sizeBytes: mount.TmpfsOptions.SizeBytes, mode: mount.TmpfsOptions.Mode } }
      : {}),
  }));
}

function ulimits(given: unknown): Properties[] {
  return (Array.isArray(given) ? given.filter(isObject) : []).map(({ Name, Soft, Hard }) => ({
    name: Name,
    soft: Soft,
    hard: Hard,
  }));
}
