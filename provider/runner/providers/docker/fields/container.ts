/** Properties of `docker:index/container:Container`. */
import { type Field, type Fields, labels, metaOf, type ResourceSchema } from "./field.ts";

const duration: Field = {
  kind: "text",
  fallback: "0s",
  pattern: /^(\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+$|^0$/,
  allowed: "a duration such as 500ms, 10s or 1m30s",
};
const throttled: Field = { kind: "objects", set: true, unsupported: true, fields: {} };

const placement: Fields = {
  mounts: {
    kind: "objects",
    set: true,
    replace: true,
    fields: {
      target: { kind: "text", required: true },
      source: { kind: "text" },
      type: { kind: "text", required: true, pattern: /^(bind|volume|tmpfs)$/, allowed: "bind, volume or tmpfs" },
      readOnly: { kind: "flag" },
      bindOptions: { kind: "object", fields: { propagation: { kind: "text" } } },
      volumeOptions: { kind: "object", fields: {}, unsupported: true },
      tmpfsOptions: { kind: "object", fields: { sizeBytes: { kind: "number" }, mode: { kind: "number" } } },
    },
  },
  volumes: {
    kind: "objects",
    set: true,
    replace: true,
    fields: {
      fromContainer: { kind: "text" },
      containerPath: { kind: "text" },
      hostPath: { kind: "text", pattern: /^[a-zA-Z]:[\\/]|^\//, allowed: "an absolute path" },
      volumeName: { kind: "text" },
      readOnly: { kind: "flag" },
      selinuxRelabel: { kind: "text", pattern: /^[zZ]$/, allowed: "z or Z" },
    },
  },
  tmpfs: { kind: "map" },
  uploads: {
    kind: "objects",
    set: true,
    replace: true,
    stored: "upload",
    fields: {
      content: { kind: "text" },
      contentBase64: { kind: "text" },
      file: { kind: "text", required: true },
      executable: { kind: "flag", fallback: false },
      permissions: { kind: "text", pattern: /^0[0-7]{3}$/, allowed: "an octal mode such as 0600" },
      source: { kind: "text" },
      sourceHash: { kind: "text" },
    },
  },
};

const networking: Fields = {
  hostname: { kind: "text", replace: true, computed: true },
  domainname: { kind: "text", replace: true },
  dns: { kind: "texts", set: true, replace: true },
  dnsOpts: { kind: "texts", set: true, replace: true },
  dnsSearches: { kind: "texts", set: true, replace: true, stored: "dns_search" },
  publishAllPorts: { kind: "flag", replace: true },
  ports: {
    // A list there, but the engine gives it in an order of its own.
    kind: "objects",
    replace: true,
    fields: {
      internal: { kind: "number", required: true },
      external: { kind: "number", computed: true },
      ip: { kind: "text", fallback: "0.0.0.0" },
      protocol: { kind: "text", fallback: "tcp" },
    },
  },
  hosts: {
    kind: "objects",
    set: true,
    replace: true,
    stored: "host",
    fields: { ip: { kind: "text", required: true }, host: { kind: "text", required: true } },
  },
  networkMode: { kind: "text", replace: true, fallback: "bridge" },
  networksAdvanced: {
    kind: "objects",
    set: true,
    replace: true,
    fields: {
      name: { kind: "text", required: true },
      aliases: { kind: "texts", set: true },
      ipv4Address: { kind: "text" },
      ipv6Address: { kind: "text" },
      linkLocalIps: { kind: "texts", set: true },
      macAddress: { kind: "text" },
      driverOpts: { kind: "texts", set: true },
      gwPriority: { kind: "number" },
    },
  },
  bridge: { kind: "text", outputOnly: true },
  networkDatas: {
    kind: "objects",
    outputOnly: true,
    stored: "network_data",
    fields: {
      networkName: { kind: "text" },
      ipAddress: { kind: "text" },
      ipPrefixLength: { kind: "number" },
      gateway: { kind: "text" },
      globalIpv6Address: { kind: "text" },
      globalIpv6PrefixLength: { kind: "number" },
      ipv6Gateway: { kind: "text" },
      macAddress: { kind: "text" },
    },
  },
};

const limits: Fields = {
  memory: { kind: "number", least: 0 },
  memoryReservation: { kind: "number", least: 0, fallback: 0 },
  memorySwap: { kind: "number", least: -1 },
  shmSize: { kind: "number", least: 0, replace: true, computed: true },
  cpuShares: { kind: "number", least: 0 },
  cpuSet: { kind: "text", pattern: /^\d+([,-]\d+)*$/, allowed: "CPUs such as 0-1 or 0,2" },
  cpus: { kind: "text", replace: true, pattern: /^\d+(\.\d+)?$/, allowed: "a number as text, such as 1.5" },
  cpuPeriod: { kind: "number", least: 0 },
  cpuQuota: { kind: "number", least: 0 },
  ulimits: {
    kind: "objects",
    set: true,
    replace: true,
    stored: "ulimit",
    fields: {
      name: { kind: "text", required: true },
      soft: { kind: "number", required: true },
      hard: { kind: "number", required: true },
    },
  },
  deviceReadBps: throttled,
  deviceReadIops: throttled,
  deviceWriteBps: throttled,
  deviceWriteIops: throttled,
};

const isolation: Fields = {
  privileged: { kind: "flag", replace: true },
  readOnly: { kind: "flag", replace: true, fallback: false },
  capabilities: {
    kind: "object",
    replace: true,
    fields: {
      adds: { kind: "texts", set: true, stored: "add" },
      drops: { kind: "texts", set: true, stored: "drop" },
    },
  },
  securityOpts: { kind: "texts", set: true, replace: true, computed: true },
  groupAdds: { kind: "texts", set: true, replace: true, stored: "group_add" },
  sysctls: { kind: "map", replace: true },
  ipcMode: { kind: "text", replace: true, computed: true },
  pidMode: { kind: "text", replace: true },
  usernsMode: { kind: "text", replace: true },
  cgroupParent: { kind: "text", replace: true },
  cgroupnsMode: { kind: "text", replace: true, pattern: /^(private|host)$/, allowed: "private or host" },
  runtime: { kind: "text", replace: true, computed: true },
  platform: { kind: "text", replace: true, computed: true },
  devices: { kind: "objects", set: true, unsupported: true, fields: {} },
  deviceRequests: { kind: "objects", set: true, unsupported: true, fields: {} },
  gpus: { kind: "text", unsupported: true },
};

const process: Fields = {
  image: { kind: "text", required: true, replace: true },
  command: { kind: "texts", replace: true, computed: true },
  entrypoints: { kind: "texts", replace: true, computed: true, stored: "entrypoint" },
  envs: { kind: "texts", set: true, replace: true, computed: true, stored: "env" },
  user: { kind: "text", replace: true, keepsWhenEmpty: true },
  workingDir: { kind: "text", replace: true, keepsWhenEmpty: true },
  init: { kind: "flag", computed: true },
  tty: { kind: "flag", replace: true, fallback: false },
  stdinOpen: { kind: "flag", replace: true, fallback: false },
  stopSignal: { kind: "text", replace: true, computed: true },
  stopTimeout: { kind: "number", replace: true, computed: true },
  logDriver: { kind: "text", replace: true, computed: true },
  logOpts: { kind: "map", replace: true },
  storageOpts: { kind: "map", replace: true },
  healthcheck: {
    kind: "object",
    computed: true,
    fields: {
      tests: { kind: "texts", stored: "test" },
      interval: duration,
      timeout: duration,
      startPeriod: duration,
      startInterval: duration,
      retries: { kind: "number", least: 0, fallback: 0 },
    },
  },
};

const lifecycle: Fields = {
  name: { kind: "text", required: true, replace: true, autoname: true },
  labels: { ...labels, computed: true },
  rm: { kind: "flag", fallback: false },
  start: { kind: "flag", fallback: true },
  wait: { kind: "flag", fallback: false },
  waitTimeout: { kind: "number", fallback: 60 },
  attach: { kind: "flag", fallback: false, unsupported: true },
  logs: { kind: "flag", fallback: false, unsupported: true },
  mustRun: { kind: "flag", fallback: true },
  restart: {
    kind: "text",
    fallback: "no",
    pattern: /^(no|on-failure|always|unless-stopped)$/,
    allowed: "no, on-failure, always or unless-stopped",
  },
  maxRetryCount: { kind: "number" },
  removeVolumes: { kind: "flag", fallback: true },
  destroyGraceSeconds: { kind: "number" },
  containerReadRefreshTimeoutMilliseconds: { kind: "number", fallback: 15000 },
  exitCode: { kind: "number", outputOnly: true },
  containerLogs: { kind: "text", outputOnly: true },
};

export const container: ResourceSchema = {
  meta: metaOf(2, true),
  deleteBeforeReplace: true,
  fields: { ...process, ...lifecycle, ...placement, ...networking, ...limits, ...isolation },
};
