/** Published ports of a service, in the short and the long form. Knows no service's purpose. */
import { type ComposeFile, isMapping, type Mapping, type Path } from "./file.ts";

export interface PublishedPort {
  /** Of the host. Undefined: every address. */
  readonly address: string | undefined;
  /** Undefined: whichever is free. */
  readonly published: number | undefined;
  /** In the container. */
  readonly target: number;
  readonly at: Path;
}

/** `address:published:target/protocol`; an address of version 6 stands in brackets. */
const SHORT = /^(?:(?:(\[[^\]]+\]|[^:]+):)?(\d*):)?(\d+)(?:\/(\w+))?$/;

function short(text: string, at: Path): PublishedPort | undefined {
  const match = SHORT.exec(text);
  if (match === null || (match[4] ?? "tcp") !== "tcp") return undefined;
  return {
    address: match[1]?.replace(/^\[|\]$/g, ""),
    published: match[2] ? Number(match[2]) : undefined,
    target: Number(match[3]),
    at,
  };
}

function long(entry: Mapping, at: Path): PublishedPort | undefined {
  const [target, published] = [Number(entry.target), entry.published == null ? undefined : Number(entry.published)];
  if (!Number.isInteger(target) || Number.isNaN(published) || (entry.protocol ?? "tcp") !== "tcp") return undefined;
  return { address: entry.host_ip == null ? undefined : String(entry.host_ip), published, target, at };
}

export function portsOf(file: ComposeFile, service: Mapping, at: Path): PublishedPort[] {
  if (!Array.isArray(service.ports)) return [];
  return service.ports.flatMap((entry: unknown, index) => {
    const where = [...at, "ports", index];
    const port = isMapping(entry) ? long(entry, where) : short(String(entry), where);
    if (port === undefined) {
      file.note(
        where,
        "left-out",
        "is a range of ports, or not one of TCP",
        "Say the one port of the server with `port`",
      );
    }
    return port ?? [];
  });
}
