/** A container's inputs as the engine's API takes them. Calls nothing. */
import type { ContainerCreateOptions } from "dockerode";
import { isObject, type Properties } from "../../../values.ts";
import { labelsOf, objectsOf, textsOf } from "../labels.ts";
import { nanoseconds } from "./duration.ts";

const MEBIBYTE = 1024 * 1024;

/**
 * Without what the program says nothing about: that is the engine's choice. Name and platform go into the address, and
 * nothing else: the client would put all of it there as well, and an address with secrets ends in logs.
 */
export function createOptions(inputs: Properties) {
  const ports = portsOf(inputs.ports);
  const volumes = volumesOf(inputs.volumes);
  const body = {
    Image: inputs.image,
    Hostname: inputs.hostname,
    Domainname: inputs.domainname,
    User: inputs.user,
    WorkingDir: inputs.workingDir,
    Tty: inputs.tty === true,
    OpenStdin: inputs.stdinOpen === true,
    StopSignal: inputs.stopSignal,
    StopTimeout: inputs.stopTimeout || undefined,
    Env: textsOf(inputs.envs),
    Cmd: textsOf(inputs.command),
    Entrypoint: textsOf(inputs.entrypoints),
    Labels: labelsOf(inputs.labels),
    Healthcheck: healthcheckOf(inputs.healthcheck),
    ExposedPorts: ports.exposed,
    Volumes: volumes.points,
    HostConfig: {
      ...hostOptions(inputs),
      PortBindings: ports.bindings,
      ...volumes.host,
      Mounts: mountsOf(inputs.mounts),
    },
  };
  const query = { name: inputs.name, ...(inputs.platform ? { platform: inputs.platform } : {}) };
  // Undefined members would not survive the way as what they are.
  return { _query: query, _body: JSON.parse(JSON.stringify(body)) as ContainerCreateOptions };
}

function hostOptions(inputs: Properties) {
  const capabilities = isObject(inputs.capabilities) ? inputs.capabilities : {};
  const opts = textsOf(inputs.securityOpts);
  const unconfined = opts?.includes("systempaths=unconfined");
  return {
    ...limitOptions(inputs),
    Privileged: inputs.privileged === true,
    PublishAllPorts: inputs.publishAllPorts === true,
    AutoRemove: inputs.rm === true,
    ReadonlyRootfs: inputs.readOnly === true,
    Init: inputs.init === true,
    Runtime: inputs.runtime || undefined,
    NetworkMode: inputs.networkMode,
    LogConfig: { Type: inputs.logDriver ?? "", Config: inputs.logOpts ?? {} },
    Tmpfs: inputs.tmpfs,
    Dns: textsOf(inputs.dns),
    DnsOptions: textsOf(inputs.dnsOpts),
    DnsSearch: textsOf(inputs.dnsSearches),
    ExtraHosts: objectsOf(inputs.hosts).map(({ host, ip }) => `${host}:${ip}`),
    CapAdd: textsOf(capabilities.adds),
    CapDrop: textsOf(capabilities.drops),
    SecurityOpt: opts?.filter((opt) => opt !== "systempaths=unconfined"),
    ...(unconfined ? { MaskedPaths: [], ReadonlyPaths: [] } : {}),
    GroupAdd: textsOf(inputs.groupAdds),
    Sysctls: inputs.sysctls,
    IpcMode: inputs.ipcMode,
    PidMode: inputs.pidMode,
    UsernsMode: inputs.usernsMode,
    CgroupnsMode: inputs.cgroupnsMode,
    CgroupParent: inputs.cgroupParent,
    StorageOpt: inputs.storageOpts,
    ShmSize: bytes(inputs.shmSize),
    NanoCpus: inputs.cpus ? Math.round(Number(inputs.cpus) * 1e9) : undefined,
    CpuPeriod: inputs.cpus ? undefined : inputs.cpuPeriod,
    CpuQuota: inputs.cpus ? undefined : inputs.cpuQuota,
    Ulimits: objectsOf(inputs.ulimits).map(({ name, soft, hard }) => ({ Name: name, Soft: soft, Hard: hard })),
  };
}

/** What can be changed while the container runs as well. */
export function limitOptions(inputs: Properties) {
  return {
    RestartPolicy: { Name: inputs.restart ?? "no", MaximumRetryCount: inputs.maxRetryCount ?? 0 },
    Memory: bytes(inputs.memory) ?? 0,
    MemoryReservation: bytes(inputs.memoryReservation) ?? 0,
    MemorySwap: bytes(inputs.memorySwap),
    CpuShares: inputs.cpuShares ?? 0,
    CpusetCpus: inputs.cpuSet ?? "",
  };
}

/** -1 stands for "no limit" and has no unit. */
const bytes = (value: unknown) =>
  typeof value === "number" && value ? (value > 0 ? value * MEBIBYTE : value) : undefined;

function healthcheckOf(given: unknown) {
  if (!isObject(given)) return undefined;
  return {
    Test: textsOf(given.tests),
    Interval: nanoseconds(given.interval),
    Timeout: nanoseconds(given.timeout),
    StartPeriod: nanoseconds(given.startPeriod),
    StartInterval: nanoseconds(given.startInterval) || undefined,
    Retries: given.retries ?? 0,
  };
}

function portsOf(given: unknown) {
  const exposed: Record<string, object> = {};
  const bindings: Record<string, { HostIp: string; HostPort: string }[]> = {};
  for (const { internal, external, ip, protocol } of objectsOf(given)) {
    const key = `${internal}/${protocol ?? "tcp"}`;
    exposed[key] = {};
    bindings[key] = [
      ...(bindings[key] ?? []),
      { HostIp: String(ip ?? ""), HostPort: external ? String(external) : "" },
    ];
  }
  return { exposed, bindings };
}

function volumesOf(given: unknown) {
  const points: Record<string, object> = {};
  const binds: string[] = [];
  const from: string[] = [];
  for (const { fromContainer, containerPath, hostPath, volumeName, readOnly, selinuxRelabel } of objectsOf(given)) {
    if (fromContainer) {
      from.push(String(fromContainer));
      continue;
    }
    points[String(containerPath)] = {};
    const source = hostPath || volumeName;
    const mode = [readOnly === true ? "ro" : "rw", ...(selinuxRelabel ? [selinuxRelabel] : [])].join(",");
    if (source) binds.push(`${source}:${containerPath}:${mode}`);
  }
  return { points, host: { Binds: binds, VolumesFrom: from } };
}

function mountsOf(given: unknown) {
  return objectsOf(given).map(({ type, target, source, readOnly, bindOptions, tmpfsOptions }) => ({
    Type: type,
    Target: target,
    Source: source,
    ReadOnly: readOnly === true,
    ...(isObject(bindOptions) ? { BindOptions: { Propagation: bindOptions.propagation } } : {}),
    ...(isObject(tmpfsOptions) ? { TmpfsOptions: { SizeBytes: tmpfsOptions.sizeBytes, Mode: tmpfsOptions.mode } } : {}),
  }));
}
