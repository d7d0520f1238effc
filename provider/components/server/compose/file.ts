/** A compose file with its variables put in, and the line of everything in it. Knows no service's purpose. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { parseEnv } from "node:util";
import { RunError } from "@pulumi/pulumi";
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from "yaml";
import { formatPath } from "../../../engine/issue.ts";
import type { ComposeNote, ComposeNoteKind } from "./note.ts";
import { substitute, type Variables } from "./variables.ts";

export type Path = readonly (string | number)[];
export type Mapping = Record<string, unknown>;

export const isMapping = (value: unknown): value is Mapping =>
  value !== null && typeof value === "object" && !Array.isArray(value);

function read(name: string): string {
  try {
    return readFileSync(name, "utf8");
  } catch (error) {
    throw new RunError(`${name}: can't be read (${(error as NodeJS.ErrnoException).code ?? String(error)}).`);
  }
}

/** Variables of a file in the form of `.env`; undefined when there is no such file. */
export function readEnvFile(name: string): Variables | undefined {
  try {
    return parseEnv(readFileSync(name, "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new RunError(`${name}: can't be read (${(error as NodeJS.ErrnoException).code ?? String(error)}).`);
  }
}

export class ComposeFile {
  /** As it was given, for messages. */
  readonly name: string;
  /** Absolute path of the folder that relative paths in the file begin at. */
  readonly folder: string;
  readonly variables: Variables;
  readonly data: Mapping;
  readonly services: Readonly<Record<string, Mapping>>;
  readonly notes: ComposeNote[] = [];
  private readonly document: Document;
  private readonly lines = new LineCounter();

  /** `variables` count more than those of the file `.env` beside it, as the shell's do in Compose. */
  constructor(name: string, variables: Variables) {
    this.name = name;
    this.folder = path.dirname(path.resolve(name));
    this.variables = { ...readEnvFile(path.join(this.folder, ".env")), ...variables };
    this.document = parseDocument(read(name), { merge: true, lineCounter: this.lines });
    const [broken] = this.document.errors;
    if (broken !== undefined) {
      throw new RunError(`${name}:${this.lines.linePos(broken.pos[0]).line}: is not valid YAML: ${broken.code}.`);
    }
    this.data = this.mapping(this.filled(this.document.toJS(), []), []);
    if (this.data.services === undefined) {
      throw new RunError(`${name}: has no \`services\`; give the docker-compose.yml of a Rocket.Chat server.`);
    }
    this.services = Object.fromEntries(
      Object.entries(this.mapping(this.data.services, ["services"])).map(([service, value]) => [
        service,
        this.mapping(value, ["services", service]),
      ]),
    );
  }

  /** The value, if it is a mapping; ends the program by its line else. */
  mapping(value: unknown, at: Path): Mapping {
    if (isMapping(value)) return value;
    throw new RunError(`${this.name}:${this.lineOf(at)}: ${formatPath(at) || "the file"} must be a mapping.`);
  }

  note(at: Path, kind: ComposeNoteKind, reason: string, fix?: string): void {
    this.notes.push({ kind, file: this.name, line: this.lineOf(at), where: formatPath(at), reason, fix });
  }

  /** Of the key, or of the list's entry; of what it lies in when it comes from a YAML merge. */
  lineOf(at: Path): number {
    for (let length = at.length; length > 0; length--) {
      const parent = length === 1 ? this.document.contents : this.document.getIn(at.slice(0, length - 1), true);
      const last = at[length - 1];
      const pair = isMap(parent)
        ? parent.items.find(({ key }) => isScalar(key) && String(key.value) === String(last))
        : undefined;
      const node = pair?.key ?? this.document.getIn(at.slice(0, length), true);
      if (isNode(node) && node.range) return this.lines.linePos(node.range[0]).line;
    }
    return 1;
  }

  /** With variables in all values; keys have none. */
  private filled(value: unknown, at: Path): unknown {
    if (Array.isArray(value)) return value.map((entry, index) => this.filled(entry, [...at, index]));
    if (isMapping(value)) {
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, this.filled(inner, [...at, key])]));
    }
    if (typeof value !== "string" || !value.includes("$")) return value;
    const { text, unset, wrong } = substitute(value, this.variables);
    for (const reason of wrong) this.note(at, "problem", reason, "Set it in `.env` beside the file, or in `variables`");
    for (const variable of new Set(unset)) {
      this.note(
        at,
        "problem",
        `the variable ${variable} is not set, so "" is taken`,
        `Set ${variable} in \`.env\` beside the file, or in \`variables\``,
      );
    }
    return text;
  }
}
