/** The environment of a service: as list, as mapping, from files. Knows no variable's meaning. */
import path from "node:path";
import { type ComposeFile, isMapping, type Mapping, type Path, readEnvFile } from "./file.ts";

export interface Variable {
  readonly value: string;
  /** Where it stands. */
  readonly at: Path;
}

export type Environment = ReadonlyMap<string, Variable>;

function addFiles(file: ComposeFile, given: unknown, at: Path, into: Map<string, Variable>): void {
  const entries: unknown[] = Array.isArray(given) ? given : [given];
  for (const [index, entry] of entries.entries()) {
    const where = Array.isArray(given) ? [...at, index] : at;
    const name = isMapping(entry) ? entry.path : entry;
    if (typeof name !== "string") continue;
    const values = readEnvFile(path.resolve(file.folder, name));
    if (values === undefined && !(isMapping(entry) && entry.required === false)) {
      file.note(
        where,
        "problem",
        `the file ${name} is not there`,
        "Put it beside the compose file, or remove the line",
      );
    }
    for (const [key, value] of Object.entries(values ?? {})) into.set(key, { value: value ?? "", at: where });
  }
}

export function environmentOf(file: ComposeFile, service: Mapping, at: Path): Environment {
  const result = new Map<string, Variable>();
  if (service.env_file != null) addFiles(file, service.env_file, [...at, "env_file"], result);
  const given = service.environment;
  const here = [...at, "environment"];
  const entries: [name: string, value: unknown, at: Path][] = Array.isArray(given)
    ? given.map((line, index) => {
        const text = String(line);
        const equals = text.indexOf("=");
        return equals < 0
          ? [text, null, [...here, index]]
          : [text.slice(0, equals), text.slice(equals + 1), [...here, index]];
      })
    : Object.entries(isMapping(given) ? given : {}).map(([name, value]) => [name, value, [...here, name]]);
  for (const [name, value, where] of entries) {
    // Without a value it comes from the shell.
    const known = value ?? file.variables[name];
    if (known !== undefined) result.set(name, { value: String(known), at: where });
    else {
      file.note(
        where,
        "left-out",
        `${name} has no value here, and Compose would take the shell's`,
        `Set ${name} in \`.env\` beside the file, or in \`variables\``,
      );
    }
  }
  return result;
}
