/** Volumes of a service, under the names that Docker knows them by. Knows no service's purpose. */
import path from "node:path";
import { type ComposeFile, isMapping, type Mapping, type Path } from "./file.ts";

export interface Mount {
  /** Name of the volume, or absolute path on the host. */
  readonly source: string;
  /** Path in the container. */
  readonly target: string;
  readonly readOnly: boolean;
  readonly at: Path;
}

/** Compose puts it before the names of volumes. */
function projectOf(file: ComposeFile): string {
  const given = file.data.name ?? file.variables.COMPOSE_PROJECT_NAME ?? path.basename(file.folder);
  return String(given)
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, "")
    .replace(/^[_-]+/, "");
}

/** The name in Docker of a volume that the file declares. */
function volumeName(file: ComposeFile, name: string): string {
  const declared = isMapping(file.data.volumes) ? file.data.volumes[name] : undefined;
  if (!isMapping(declared)) return `${projectOf(file)}_${name}`;
  if (typeof declared.name === "string") return declared.name;
  if (isMapping(declared.external) && typeof declared.external.name === "string") return declared.external.name;
  return declared.external === true ? name : `${projectOf(file)}_${name}`;
}

const isPath = (source: string): boolean => /^[./~]/.test(source);

function read(file: ComposeFile, entry: unknown): Omit<Mount, "at"> | string {
  const [type, source, target, mode] = isMapping(entry)
    ? [entry.type ?? "volume", entry.source, entry.target, entry.read_only === true ? "ro" : ""]
    : String(entry).includes(":")
      ? ["", ...String(entry).split(":")]
      : ["", undefined, String(entry), ""];
  if (type === "tmpfs" || type === "npipe" || type === "cluster") return `volumes of type ${type} are not known`;
  if (typeof target !== "string") return "has no path in the container";
  if (typeof source !== "string" || source === "") return "has no name, so nothing else could find its content";
  if (source.startsWith("~")) return "begins in the home folder of whoever runs Compose";
  const readOnly = String(mode ?? "")
    .split(",")
    .includes("ro");
  return {
    source: isPath(source) ? path.resolve(file.folder, source) : volumeName(file, source),
    target: target.length > 1 ? target.replace(/\/+$/, "") : target,
    readOnly,
  };
}

export function mountsOf(file: ComposeFile, service: Mapping, at: Path): Mount[] {
  if (!Array.isArray(service.volumes)) return [];
  return service.volumes.flatMap((entry: unknown, index) => {
    const where = [...at, "volumes", index];
    const mount = read(file, entry);
    if (typeof mount !== "string") return { ...mount, at: where };
    file.note(where, "left-out", mount, "Give it a name, or an absolute path of the Docker host");
    return [];
  });
}
