/** Writes an export as a Pulumi program: the same objects, references as variables. Pure. */
import type { Naming } from "../../workspace/references.ts";
import { type DeclaredObject, inOrder, ObjectIndex } from "./declared.ts";

const RESERVED = new Set(["pulumi", "rocketchat", "config", "undefined", "NaN", "Infinity", "arguments", "eval"]);

/** `userAlice`; what is no letter or digit in the name becomes the beginning of a word. */
function variableOf({ handler, keys }: DeclaredObject, taken: Set<string>): string {
  const { kind } = handler;
  const words = keys
    .join(" ")
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== "");
  const base =
    kind.charAt(0).toLowerCase() +
    kind.slice(1) +
    words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
  let name = base;
  for (let number = 2; taken.has(name); number++) name = `${base}${number}`;
  taken.add(name);
  return name;
}

/** The property of a resource that holds what others refer to it by. */
const nameProperty = ({ handler }: DeclaredObject): string => handler.schema.document.keys[0] ?? "id";

type Replace = (path: readonly (string | number)[]) => string | undefined;

const keyText = (key: string): string =>
  /^[A-Za-z_$][\w$]*$/.test(key) && key !== "__proto__" ? key : JSON.stringify(key);

/** A value as an expression; `replace` gives the expression for a path where another one stands. */
function expression(value: unknown, replace: Replace, path: readonly (string | number)[], indent: string): string {
  const other = replace(path);
  if (other !== undefined) return other;
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const items = value.map((item, index) => expression(item, replace, [...path, index], inner));
    const line = `[${items.join(", ")}]`;
    return line.length < 80 && !line.includes("\n")
      ? line
      : `[\n${items.map((item) => `${inner}${item},\n`).join("")}${indent}]`;
  }
  if (value !== null && typeof value === "object") {
    const members = Object.entries(value).map(
      ([key, part]) => `${keyText(key)}: ${expression(part, replace, [...path, key], inner)}`,
    );
    if (members.length === 0) return "{}";
    const line = `{ ${members.join(", ")} }`;
    return path.length > 0 && line.length < 80 && !line.includes("\n")
      ? line
      : `{\n${members.map((member) => `${inner}${member},\n`).join("")}${indent}}`;
  }
  return JSON.stringify(value).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
}

export interface ProgramParts {
  /** Lines without the mark. */
  readonly comments: readonly string[];
  readonly objects: readonly DeclaredObject[];
}

/** A program that type-checks; needs `@pulumi/pulumi` and `pulumi-rocketchat`. */
export function programText({ comments, objects }: ProgramParts): string {
  const index = new ObjectIndex(objects);
  const sorted = inOrder(objects, index);
  const referred = new Set(sorted.flatMap((object) => [...index.targets(object)].map(({ target }) => target)));
  const taken = new Set(RESERVED);
  const variables = new Map<DeclaredObject, string>();
  for (const object of sorted) if (referred.has(object)) variables.set(object, variableOf(object, taken));

  const done = new Set<DeclaredObject>();
  const statements = sorted.map((object) => {
    const replaced = new Map<string, string>();
    for (const naming of index.targets(object)) {
      // The other way round of a circle.
      if (done.has(naming.target)) replaced.set(JSON.stringify(naming.steps), referenceTo(naming, variables));
    }
    for (const { path, key } of object.secrets)
      replaced.set(JSON.stringify(path), `config.requireSecret(${JSON.stringify(key)})`);
    const args = expression(object.declared, (path) => replaced.get(JSON.stringify(path)), [], "");
    done.add(object);
    const variable = variables.get(object);
    const declares = variable === undefined ? "" : `const ${variable} = `;
    return `${declares}new rocketchat.${object.handler.kind}(${JSON.stringify(object.name)}, ${args});\n`;
  });
  const body = statements.join("");
  const head = [
    ...comments.map((line) => `// ${line}`.trimEnd()),
    ...(/\bpulumi\.interpolate`|config\.requireSecret\(/.test(body)
      ? ['import * as pulumi from "@pulumi/pulumi";']
      : []),
    'import * as rocketchat from "pulumi-rocketchat";',
    "",
    ...(body.includes("config.requireSecret(") ? ["const config = new pulumi.Config();", ""] : []),
  ];
  return `${head.join("\n")}\n${body}`;
}

function referenceTo(
  { text, name, target }: Naming & { target: DeclaredObject },
  variables: ReadonlyMap<DeclaredObject, string>,
): string {
  const value = `${variables.get(target)}.${nameProperty(target)}`;
  return text === name ? value : `pulumi.interpolate\`${text.slice(0, text.length - name.length)}\${${value}}\``;
}
