/** New resources for random programs: which arguments a kind gets, and how they are changed. Knows no state. */
import type { Chance } from "./chance.ts";
import { isProvider, type Kind, type Piece, type Program, type Values } from "./program.ts";

const COLORS = ["red", "green", "blue", "white"];
const SETTINGS: readonly [id: string, values: readonly unknown[]][] = [
  ["Site_Name", ["Wonderland", "Looking-glass"]],
  ["Message_MaxAllowedSize", [4321, 5432]],
  ["Accounts_AllowUserProfileChange", [false, true]],
];

/** What of another piece a program can use, and what is known before it is made. */
const OUTPUTS: Partial<Record<Kind, readonly string[]>> = {
  Thing: ["serial", "token", "echo", "name"],
  User: ["username", "id"],
  Channel: ["name", "id"],
  IncomingWebhook: ["token", "name"],
};

/** A reference to an output of one of the pieces. */
export function reference(chance: Chance, pieces: readonly Piece[]): { $of: string } | undefined {
  const from = chance.of(pieces.filter(({ kind }) => OUTPUTS[kind]));
  return from && { $of: `${from.key}.${chance.of(OUTPUTS[from.kind] ?? []) ?? "id"}` };
}

const ofKind = (pieces: readonly Piece[], kind: Kind) => pieces.filter((piece) => piece.kind === kind);

/** Makes pieces; counts, so that no name comes twice. */
export class Maker {
  readonly #chance: Chance;
  readonly #server: string;
  #count = 0;
  #settings = [...SETTINGS];

  /** `server`: an expression for the address that explicit connections name. */
  constructor(chance: Chance, server: string) {
    this.#chance = chance;
    this.#server = server;
  }

  make(kind: Kind, { pieces }: Program): Piece | undefined {
    const key = `${kind[0]?.toLowerCase()}${kind.slice(1)}${++this.#count}`;
    const args = this.#args(kind, key, pieces);
    if (args === undefined) return undefined;
    const piece: Piece = { key, kind, name: key, args, options: {} };
    const parent = this.#chance.is(0.3) ? this.#chance.of(ofKind(pieces, "Group")) : undefined;
    if (parent && !isProvider(piece)) {
      piece.options.parent = parent.key;
      if (this.#chance.is(0.5)) piece.name = `${parent.name}-${key}`;
    }
    this.#connect(piece, pieces);
    return piece;
  }

  /** Perhaps gives it a provider of its own, and something to wait for. */
  #connect(piece: Piece, pieces: readonly Piece[]): void {
    if (isProvider(piece) || piece.kind === "Group") return;
    const kind = piece.kind === "Thing" ? "Server" : "Provider";
    const provider = this.#chance.is(0.4) ? this.#chance.of(ofKind(pieces, kind)) : undefined;
    if (provider) piece.options.provider = provider.key;
    const needed = this.#chance.is(0.3)
      ? this.#chance.of(pieces.filter((other) => !isProvider(other) && other.kind !== "Group"))
      : undefined;
    if (needed) piece.options.dependsOn = [needed.key];
  }

  #args(kind: Kind, key: string, pieces: readonly Piece[]): Values | undefined {
    const chance = this.#chance;
    const user = chance.of(ofKind(pieces, "User"));
    const channel = chance.of(ofKind(pieces, "Channel"));
    const username = user ? { $of: `${user.key}.username` } : "rocket.cat";
    switch (kind) {
      case "Group":
        return {};
      case "Server":
        return { "things:server": `here-${key}` };
      case "Provider":
        return { url: { $of: this.#server }, username: "admin", password: { $secret: "supersecret" } };
      case "Thing":
        return this.#thing(key, ofKind(pieces, "Thing"), pieces);
      case "User":
        return { username: key, name: key, email: `${key}@example.com`, password: "Down-the-hole-1865" };
      case "Channel":
        return { name: key, topic: "first", ...(user && chance.is(0.5) ? { members: [username] } : {}) };
      case "ChannelMember": {
        const isTaken = (room: string, person: string) =>
          pieces.some(
            ({ kind, args }) =>
              JSON.stringify([kind, args.channel, args.username]) ===
              JSON.stringify(["ChannelMember", { $of: room }, { $of: person }]),
          );
        if (!user || !channel || isTaken(`${channel.key}.id`, `${user.key}.username`)) return undefined;
        return { channel: { $of: `${channel.key}.id` }, username };
      }
      case "IncomingWebhook":
      case "OutgoingWebhook": {
        const target = channel ? { $of: `${channel.key}.name.apply((name) => "#" + name)` } : "#general";
        const shared = { name: key, channel: target, username: "rocket.cat" };
        if (kind === "IncomingWebhook") return shared;
        return { ...shared, event: "sendMessage", urls: ["https://hooks.example.com/x"], token: `token of ${key}` };
      }
      case "PersonalAccessToken":
        return { name: key };
      case "Setting": {
        const [settingId, values = []] = this.#settings.pop() ?? [];
        return settingId ? { settingId, value: values[0] } : undefined;
      }
    }
  }

  #thing(key: string, things: readonly Piece[], pieces: readonly Piece[]): Values {
    const chance = this.#chance;
    const base = chance.is(0.3) ? chance.of(things) : undefined;
    const seen = chance.is(0.6) ? reference(chance, pieces) : undefined;
    return {
      name: `thing-${key}`,
      color: COLORS[chance.below(COLORS.length)],
      ...(chance.is(0.3) ? { unique: true } : {}),
      ...(base ? { base: { $of: `${base.key}.serial` } } : {}),
      ...(seen ? { seen } : {}),
      ...(chance.is(0.4) ? { nest: { deep: [{ $secret: key }, 2], flat: { $secret: { inner: [1, key] } } } } : {}),
    };
  }
}

/** Changes an argument, in place where the kind can. False when there is nothing to change. */
export function change(piece: Piece, chance: Chance, round: number): boolean {
  const { kind, args } = piece;
  switch (kind) {
    case "Thing":
      changeThing(args, chance, round);
      return true;
    case "User":
      Object.assign(args, chance.is(0.5) ? { name: `Name ${round}` } : { bio: `Bio ${round}`, nickname: "Nick" });
      return true;
    case "Channel":
      Object.assign(args, chance.is(0.5) ? { topic: `Topic ${round}` } : { joinCode: `code ${round}` });
      return true;
    case "IncomingWebhook":
    case "OutgoingWebhook":
      args.alias = `Alias ${round}`;
      return true;
    case "Setting":
      args.value = SETTINGS.find(([id]) => id === args.settingId)?.[1][round % 2];
      return true;
    case "Server":
      args["things:server"] = `there-${round}`;
      return true;
    default:
      return false;
  }
}

function changeThing(args: Values, chance: Chance, round: number): void {
  const act = chance.below(5);
  if (act === 0) args.color = args.color === "red" ? "green" : "red";
  else if (act === 1) args.nest = { deep: [1, { $secret: round }], flat: round };
  else if (act === 2) args.extra = { $secret: `s${round}` };
  else if (act === 3) args.extra = `s${round}`;
  else if ("extra" in args) delete args.extra;
  else args.list = [round, { $secret: "hidden" }, { a: [round] }];
}
