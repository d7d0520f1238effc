/**
 * What may happen to a program between two runs. A move keeps the program right: everything it declares can be done, and
 * nothing protected is replaced or removed.
 */
import type { Chance } from "./chance.ts";
import { change, type Maker, reference } from "./pieces.ts";
import { isProvider, type Kind, type Piece, type Program, referred } from "./program.ts";

export interface Scene {
  readonly program: Program;
  /** As it was when the last run began. */
  readonly before: Program;
  readonly chance: Chance;
  readonly maker: Maker;
  /** Number of the step. */
  readonly round: number;
}

/** Does it and says what, or undefined when there is nothing to do it to. */
export type Move = (scene: Scene) => string | undefined;

const LIVING: readonly Kind[] = ["User", "Channel", "ChannelMember", "IncomingWebhook", "OutgoingWebhook", "Setting"];
const isManaged = (piece: Piece) => piece.kind !== "Group" && !isProvider(piece);
const find = ({ pieces }: Program, key: string) => pieces.find((piece) => piece.key === key);

/** A piece that the last run knew, so that the move shows. */
const known = ({ program, before, chance }: Scene, test: (piece: Piece) => boolean) =>
  chance.of(program.pieces.filter((piece) => find(before, piece.key) && test(piece)));

const isProtected = ({ program, before }: Scene, key: string) =>
  [program, before].some((at) => find(at, key)?.options.protect);

/** Things that are replaced along with one, by what they are based on. */
function replacedWith({ program, before }: Scene, root: string): string[] {
  const keys = [root];
  for (const at of [before, program])
    for (const piece of at.pieces)
      if (referred(piece.args.base).some((key) => keys.includes(key))) keys.push(piece.key);
  return keys;
}

/** True when nothing protected would have to be replaced with it. */
export const mayReplace = (scene: Scene, piece: Piece): boolean =>
  !replacedWith(scene, piece.key).some((key) => isProtected(scene, key));

export const add =
  (...kinds: readonly Kind[]): Move =>
  ({ program, chance, maker }) => {
    const piece = maker.make(chance.of(kinds) ?? "Thing", program);
    if (!piece) return undefined;
    program.pieces.push(piece);
    return `add ${piece.key}`;
  };

/** Takes away a piece and all mention of it. */
function takeAway(program: Program, gone: Piece): void {
  const { key } = gone;
  const up = gone.options.parent;
  program.pieces = program.pieces.filter((piece) => piece !== gone);
  for (const { options, args } of program.pieces) {
    if (options.parent === key) {
      if (up) options.parent = up;
      else delete options.parent;
    }
    if (options.provider === key) delete options.provider;
    if (options.deletedWith === key) delete options.deletedWith;
    if (options.dependsOn) options.dependsOn = options.dependsOn.filter((other) => other !== key);
    for (const [name, value] of Object.entries(args)) {
      if (!referred(value).includes(key)) continue;
      if (name === "channel") args[name] = "#general";
      else if (name === "username") args[name] = "rocket.cat";
      else delete args[name];
    }
  }
  for (const [name, value] of Object.entries(program.outputs)) {
    if (referred(value).includes(key)) delete program.outputs[name];
  }
}

const remove: Move = (scene) => {
  const { program } = scene;
  const gone = known(scene, (piece) => {
    const users = program.pieces.filter(({ args }) => referred(args).includes(piece.key));
    const bound = users.some(
      ({ kind, args, key }) => kind === "ChannelMember" || (args.base && isProtected(scene, key)),
    );
    return !bound && mayReplace(scene, piece) && !isProtected(scene, piece.key);
  });
  if (!gone) return undefined;
  takeAway(program, gone);
  return `remove ${gone.key}`;
};

const alter: Move = (scene) => {
  const piece = known(scene, ({ kind }) => kind === "Thing" || LIVING.includes(kind) || kind === "Server");
  return piece && change(piece, scene.chance, scene.round) ? `change ${piece.key}` : undefined;
};

const replace: Move = (scene) => {
  const piece = known(scene, (one) => one.kind === "Thing" && mayReplace(scene, one));
  if (!piece) return undefined;
  piece.args.name = `${piece.args.name}'`;
  return `replace ${piece.key}`;
};

const rename: Move = (scene) => {
  const piece = known(scene, () => true);
  if (!piece) return undefined;
  const former = piece.name;
  piece.name = `${piece.key}-v${scene.round}`;
  // Children named after their component are renamed along, as components do.
  for (const child of scene.program.pieces) {
    if (child.options.parent === piece.key && child.name.startsWith(former))
      child.name = piece.name + child.name.slice(former.length);
  }
  return `rename ${piece.key}`;
};

const rehouse: Move = (scene) => {
  const { program, chance } = scene;
  const piece = known(scene, (one) => !isProvider(one));
  if (!piece) return undefined;
  const at = program.pieces.indexOf(piece);
  const groups = program.pieces
    .slice(0, at)
    .filter(({ kind, key }) => kind === "Group" && key !== piece.options.parent);
  const home = chance.is(0.7) ? chance.of(groups) : undefined;
  if (home) piece.options.parent = home.key;
  else if (piece.options.parent) delete piece.options.parent;
  else return undefined;
  return `move ${piece.key} ${home ? `into ${home.key}` : "out"}`;
};

const reconnect: Move = (scene) => {
  const { program, chance } = scene;
  const piece = known(scene, isManaged);
  if (!piece) return undefined;
  const wanted = piece.kind === "Thing" ? "Server" : "Provider";
  const earlier = program.pieces.slice(0, program.pieces.indexOf(piece));
  const provider = chance.of(earlier.filter(({ kind, key }) => kind === wanted && key !== piece.options.provider));
  if (provider && chance.is(0.7)) piece.options.provider = provider.key;
  else if (piece.options.provider) delete piece.options.provider;
  else return undefined;
  return `provider of ${piece.key}: ${piece.options.provider ?? "default"}`;
};

const toggle =
  (option: "protect" | "retainOnDelete" | "deleteBeforeReplace"): Move =>
  (scene) => {
    // Unprotecting is likelier than protecting, or in the end nothing could move.
    const set = option === "protect" && scene.chance.is(0.6);
    const piece = known(scene, (one) => isManaged(one) && (!set || one.options.protect === true));
    if (!piece) return undefined;
    if (piece.options[option]) delete piece.options[option];
    else piece.options[option] = true;
    return `${option} of ${piece.key}: ${piece.options[option] ?? false}`;
  };

const ignore: Move = (scene) => {
  const piece = known(scene, ({ kind }) => kind === "Thing" || kind === "Channel");
  if (!piece) return undefined;
  if (piece.options.ignoreChanges) delete piece.options.ignoreChanges;
  else if (piece.kind === "Channel") piece.options.ignoreChanges = ["topic"];
  else piece.options.ignoreChanges = ["color", "nest.flat", "extra"];
  change(piece, scene.chance, scene.round);
  return `ignoreChanges of ${piece.key}: ${piece.options.ignoreChanges ?? "none"}`;
};

const hide: Move = (scene) => {
  const piece = known(scene, ({ kind }) => kind === "Thing");
  if (!piece) return undefined;
  if (piece.options.additionalSecretOutputs) delete piece.options.additionalSecretOutputs;
  else piece.options.additionalSecretOutputs = ["token", "echo"];
  return `additionalSecretOutputs of ${piece.key}: ${piece.options.additionalSecretOutputs ?? "none"}`;
};

const bind: Move = (scene) => {
  const { program, chance } = scene;
  const piece = known(scene, isManaged);
  if (!piece) return undefined;
  const other = chance.of(program.pieces.slice(0, program.pieces.indexOf(piece)).filter(isManaged));
  if (!other) return undefined;
  if (piece.kind === "Thing" && chance.is(0.4)) piece.options.deletedWith = other.key;
  else piece.options.dependsOn = [other.key];
  return `${piece.key} after ${other.key}`;
};

const rewire: Move = (scene) => {
  const { program, chance } = scene;
  const piece = known(scene, ({ kind }) => kind === "Thing");
  if (!piece) return undefined;
  const earlier = program.pieces.slice(0, program.pieces.indexOf(piece));
  const from = reference(chance, earlier);
  if (!from) return undefined;
  piece.args.seen = chance.is(0.3) ? [from, { $secret: from }] : from;
  return `${piece.key} sees ${from.$of}`;
};

const publish: Move = ({ program, chance, round }) => {
  const from = reference(chance, program.pieces);
  if (!from) return undefined;
  program.outputs[`out${round % 4}`] = chance.is(0.5) ? { of: [from, { $secret: round }] } : from;
  return `output ${from.$of}`;
};

/** All of them; what stands more often happens more often. */
export const MOVES: readonly Move[] = [
  add("Thing"),
  add("Thing", "Group", "Server", "Provider"),
  add(...LIVING, "PersonalAccessToken"),
  remove,
  remove,
  alter,
  alter,
  alter,
  replace,
  replace,
  rename,
  rename,
  rehouse,
  rehouse,
  reconnect,
  toggle("protect"),
  toggle("retainOnDelete"),
  toggle("deleteBeforeReplace"),
  ignore,
  hide,
  bind,
  rewire,
  publish,
];

/** True when nothing stands in the way of a destroy that is followed by an up. */
export const canDestroy = ({ pieces }: Program): boolean =>
  pieces.every(({ kind, options }) => !options.protect && (kind === "Thing" || !options.retainOnDelete));
