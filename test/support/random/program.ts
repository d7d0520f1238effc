/** What a random program declares, and its text. Values: `{ $of: "key.prop" }` refers, `{ $secret: value }` hides. */
import { Expression, expression, render } from "../programs.ts";

export type Kind =
  | "Group"
  | "Server"
  | "Thing"
  | "Provider"
  | "User"
  | "Channel"
  | "ChannelMember"
  | "IncomingWebhook"
  | "OutgoingWebhook"
  | "PersonalAccessToken"
  | "Setting";

export type Values = Record<string, unknown>;

/** Resource options; other pieces are named by their keys. */
export interface Options {
  parent?: string;
  provider?: string;
  deletedWith?: string;
  dependsOn?: string[];
  protect?: boolean;
  retainOnDelete?: boolean;
  deleteBeforeReplace?: boolean;
  ignoreChanges?: string[];
  additionalSecretOutputs?: string[];
  aliases?: unknown[];
}

/** One resource of the program. */
export interface Piece {
  /** Its variable; stays when the resource is renamed. */
  readonly key: string;
  readonly kind: Kind;
  name: string;
  args: Values;
  options: Options;
}

export interface Program {
  /** Each refers to earlier ones only. */
  pieces: Piece[];
  /** Stack outputs: expressions by name. */
  outputs: Record<string, unknown>;
}

const TYPES: Partial<Record<Kind, string>> = {
  Group: "things:index:Group",
  Server: "pulumi:providers:pulumi-nodejs",
  Provider: "pulumi:providers:pulumi-nodejs",
  Thing: "pulumi-nodejs:dynamic/things:Thing",
};

export const isProvider = ({ kind }: Piece): boolean => kind === "Server" || kind === "Provider";

export function urnOf(piece: Piece, program: Program): string {
  const chain = [TYPES[piece.kind] ?? `pulumi-nodejs:dynamic/rocketchat:${piece.kind}`];
  for (let at = parentOf(piece, program); at; at = parentOf(at, program)) chain.unshift(TYPES.Group ?? "");
  return `urn:pulumi:dev::e2e::${chain.join("$")}::${piece.name}`;
}

export const parentOf = (piece: Piece, { pieces }: Program): Piece | undefined =>
  pieces.find(({ key }) => key === piece.options.parent);

/** Classes of the test's own dynamic resources, as their users would write them. */
const PRELUDE = `class Group extends pulumi.ComponentResource {
  constructor(name, args, opts) { super("things:index:Group", name, {}, opts); }
}
class Server extends pulumi.ProviderResource {
  constructor(name, args, opts) { super("pulumi-nodejs", name, args, opts); }
}
class Thing extends pulumi.CustomResource {
  constructor(name, args, opts) {
    const outputs = { serial: undefined, token: undefined, server: undefined, echo: undefined };
    const loader = 'exports.handler = () => require("./things.cjs").forKind("Thing")';
    super("pulumi-nodejs:dynamic/things:Thing", name, { ...outputs, ...args, __provider: loader }, opts);
  }
}
`;

export function textOf({ pieces, outputs }: Program): string {
  const declared = pieces.map(({ key, kind, name, args, options }) => {
    const { parent, provider, deletedWith, dependsOn, ...plain } = options;
    const named = { parent, provider, deletedWith, dependsOn };
    const opts = {
      ...plain,
      ...Object.fromEntries(Object.entries(named).map(([option, to]) => [option, variables(to)])),
    };
    const own = ["Group", "Server", "Thing"].includes(kind);
    const values = [name, value(args), value(opts)].map(render).join(", ");
    return `const ${key} = new ${own ? kind : `rocketchat.${kind}`}(${values});`;
  });
  return [PRELUDE, ...declared, `export const outputs = ${render(value(outputs))};`].join("\n");
}

const variables = (keys: string | string[] | undefined): unknown =>
  Array.isArray(keys) ? keys.map(expression) : keys && expression(keys);

function value(from: unknown): unknown {
  if (Array.isArray(from)) return from.map(value);
  if (typeof from !== "object" || from === null) return from;
  if (from instanceof Expression) return from;
  const { $of, $secret } = from as { $of?: string; $secret?: unknown };
  if ($of !== undefined) return expression($of);
  if ($secret !== undefined) return expression(`pulumi.secret(${render(value($secret))})`);
  return Object.fromEntries(Object.entries(from).map(([key, item]) => [key, value(item)]));
}

/** The keys that a value refers to. */
export function referred(from: unknown): string[] {
  if (Array.isArray(from)) return from.flatMap(referred);
  if (typeof from !== "object" || from === null) return [];
  const { $of } = from as { $of?: string };
  if ($of !== undefined) return [$of.split(".")[0] ?? ""];
  return Object.values(from).flatMap(referred);
}
