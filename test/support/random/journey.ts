/** Ten steps of a program's life, all decided by a seed: what it declares, which command comes, what goes wrong on the way. */
import { Chance } from "./chance.ts";
import { add, canDestroy, MOVES, mayReplace, type Scene } from "./moves.ts";
import { Maker } from "./pieces.ts";
import { isProvider, type Piece, type Program, parentOf, textOf, urnOf } from "./program.ts";

/** What somebody does to an object by hand, by the name it has there. */
export interface Tamper {
  readonly kind: "Thing" | "Channel";
  readonly object: string;
  readonly how: "change" | "delete";
}

export interface Step {
  readonly title: string;
  /** What comes before `up`. */
  readonly first?: "refresh" | "destroy";
  readonly tampers: readonly Tamper[];
  /** A program that fails half way; `program` mends it. */
  readonly broken?: string;
  readonly program: string;
  /** True: the embedded runner; one for each command of the step. */
  readonly engines: readonly boolean[];
}

const SERVER = "process.env.ROCKETCHAT_URL";
const START = [
  "Group",
  "Server",
  "Thing",
  "Thing",
  "Provider",
  "User",
  "Channel",
  "Thing",
  "ChannelMember",
  "Thing",
] as const;

export function journey(seed: number, length = 10): Step[] {
  const chance = new Chance(seed);
  const maker = new Maker(chance, SERVER);
  let before: Program = { pieces: [], outputs: {} };
  let program = before;
  return Array.from({ length }, (_, round) => {
    program = structuredClone(before);
    const scene = { program, before, chance, maker, round };
    const done = round === 0 ? START.flatMap((kind) => add(kind)(scene) ?? []) : [];
    const wanted = done.length + (round === 0 ? 4 : 3 + chance.below(3));
    for (let tries = 0; done.length < wanted && tries < 40; tries++)
      done.push(...[chance.of(MOVES)?.(scene) ?? []].flat());
    name(program, before, chance);
    const first = round > 0 ? firstOf(chance, before) : undefined;
    const tampers = first === "refresh" ? tampersOf(scene) : [];
    const broken = round > 0 && first === undefined && chance.is(0.3) ? breakOne(program, before, chance) : undefined;
    const commands = [first, broken && "a failing up", "up"].filter((command) => command !== undefined);
    const marks = tampers.map(({ kind, object, how }) => `${how} ${kind} ${object} by hand`);
    const step: Step = {
      title: `${[...marks, ...done].join(", ")}; then ${commands.join(", ")}`,
      ...(first ? { first } : {}),
      ...(broken ? { broken } : {}),
      tampers,
      program: textOf(program),
      engines: alternate(chance, commands.length, round),
    };
    before = program;
    return step;
  });
}

/** A failed run is mended by the other engine; else they follow each other as it comes. */
function alternate(chance: Chance, count: number, round: number): boolean[] {
  const start = round < 2 ? round === 0 : chance.is(0.5);
  return Array.from({ length: count }, (_, index) => (index % 2 === 0 ? start : !start));
}

function firstOf(chance: Chance, before: Program): Step["first"] {
  if (chance.is(0.2)) return "refresh";
  return chance.is(0.15) && canDestroy(before) ? "destroy" : undefined;
}

function tampersOf(scene: Scene): Tamper[] {
  const { chance, before } = scene;
  const [changed, ...others] = chance.shuffled(before.pieces.filter(({ kind }) => kind === "Thing"));
  // What is made anew takes along what is based on it.
  const deleted = others.find((thing) => mayReplace(scene, thing));
  const channel = chance.of(before.pieces.filter(({ kind }) => kind === "Channel"));
  return [
    ...(changed ? [{ kind: "Thing", object: String(changed.args.name), how: "change" } as const] : []),
    ...(deleted ? [{ kind: "Thing", object: String(deleted.args.name), how: "delete" } as const] : []),
    ...(channel ? [{ kind: "Channel", object: channel.key, how: "change" } as const] : []),
  ];
}

/** The program with something in it that fails; what fails is mended in `program`. */
function breakOne(program: Program, before: Program, chance: Chance): string | undefined {
  const broken = structuredClone(program);
  const things = broken.pieces.filter(({ kind }) => kind === "Thing");
  const isOld = ({ key }: Piece) => before.pieces.some((piece) => piece.key === key);
  const thing = chance.of(things);
  if (!thing) return undefined;
  if (isOld(thing)) Object.assign(thing.args, { color: "black", fail: "update" });
  else thing.args.fail = chance.is(0.5) ? "create" : "partial";
  return textOf(broken);
}

/** Aliases for what has another URN than before: in one of the forms that say it, or none where the parent's say it. */
function name(program: Program, before: Program, chance: Chance): void {
  for (const piece of program.pieces) {
    const then = before.pieces.find(({ key }) => key === piece.key);
    if (!then) continue;
    const urn = urnOf(then, before);
    if (urn === urnOf(piece, program)) {
      if (chance.is(0.5)) delete piece.options.aliases;
      continue;
    }
    const alias = aliasOf(piece, then, program, before);
    piece.options.aliases = [alias && chance.is(0.6) ? alias : urn];
    if (isInherited(piece, then, program, before) && chance.is(0.8)) delete piece.options.aliases;
  }
}

/** What it differs in from the resource it was. */
function aliasOf(piece: Piece, then: Piece, program: Program, before: Program): object | undefined {
  const { parent } = piece.options;
  const renamed = piece.name === then.name ? {} : { name: then.name };
  if (parent === then.options.parent) return isSame(parent, program, before) ? renamed : undefined;
  if (then.options.parent === undefined) return { ...renamed, parent: { $of: "pulumi.rootStackResource" } };
  const home = program.pieces.findIndex(({ key }) => key === then.options.parent);
  const isEarlier = home >= 0 && home < program.pieces.indexOf(piece);
  return isEarlier && isSame(then.options.parent, program, before)
    ? { ...renamed, parent: { $of: then.options.parent } }
    : undefined;
}

/** True when the URN of a group is what it was. */
function isSame(key: string | undefined, program: Program, before: Program): boolean {
  const [now, then] = [program, before].map((at) => at.pieces.find((piece) => piece.key === key));
  return key === undefined || (now !== undefined && then !== undefined && urnOf(now, program) === urnOf(then, before));
}

/** True when the aliases of its parent say it all: the parent is the same one, and renamed it was as the parent was. */
function isInherited(piece: Piece, then: Piece, program: Program, before: Program): boolean {
  const [now, was] = [parentOf(piece, program), parentOf(then, before)];
  if (!now || now.key !== was?.key || isProvider(piece)) return false;
  const rest = piece.name.slice(now.name.length);
  return piece.name === then.name || (piece.name.startsWith(now.name) && then.name === was.name + rest);
}
