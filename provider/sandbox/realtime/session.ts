/** One client's conversation: frames in, frames out, in order. Knows no socket. */
import type { Happening } from "../core/events.ts";
import { randomId } from "../core/ids.ts";
import type { Actor } from "../rooms/actor.ts";
import { logOut } from "../users/login.ts";
import { errorOf, type Frame, idOf, ownFields, parseFrame } from "./frames.ts";
import { type LoggedIn, login, type Outcome, type Place, sendMessage } from "./methods.ts";
import { framesOf, type Subscription, streamOf } from "./streams.ts";

/** Where sessions live. */
export interface Host {
  place(): Place;
  /** Resolves when what was done so far is kept, with a function that tells everybody of it. */
  keep(): Promise<() => void>;
}

const NOT_ALLOWED = errorOf("not-allowed");

export class Session {
  readonly #host: Host;
  readonly #send: (frame: Frame) => void;
  readonly #close: () => void;
  readonly #subscriptions = new Map<string, Subscription>();
  #connected = false;
  #login: LoggedIn | undefined;
  /** Frames are handled one after the other, also when one has to wait. */
  #turn: Promise<void> = Promise.resolve();

  constructor(host: Host, send: (frame: Frame) => void, close: () => void) {
    this.#host = host;
    this.#send = send;
    this.#close = close;
  }

  /** Resolves when the frame is dealt with. */
  receive(text: string): Promise<void> {
    this.#turn = this.#turn.then(() => this.#handle(text));
    return this.#turn;
  }

  /** Hands over what concerns this client. A login that was ended meanwhile ends the connection, as on the server. */
  tell(happenings: readonly Happening[]): void {
    if (!this.#login) return;
    const actor = this.#actor();
    if (!actor) return void this.#close();
    for (const frame of framesOf(actor, [...this.#subscriptions.values()], happenings)) this.#send(frame);
  }

  /** Undefined when nobody is logged in, or not any more. */
  #actor(): Actor | undefined {
    if (!this.#login) return undefined;
    const { user, hashedToken } = this.#login;
    const place = this.#host.place();
    const still = place.state.users[user._id] === user && user.active;
    return still && user.services.loginTokens.some((token) => token.hashedToken === hashedToken)
      ? { ...place, user }
      : undefined;
  }

  async #handle(text: string): Promise<void> {
    const frame = parseFrame(text);
    const refuse = (reason: string) => this.#send({ msg: "error", reason, ...(frame && { offendingMessage: frame }) });
    if (!frame || typeof frame.msg !== "string") return void refuse("Bad request");
    if (frame.msg === "connect") return this.#connect(frame, refuse);
    if (!this.#connected) return void refuse("Must connect first");
    const { id } = frame;
    switch (frame.msg) {
      case "ping":
        return void this.#send({ msg: "pong", ...(id !== undefined && { id }) });
      case "pong":
        return;
      case "sub":
        if (typeof id !== "string" || typeof frame.name !== "string") return void refuse("Malformed subscription");
        return this.#subscribe(id, frame.name, frame.params);
      case "unsub":
        if (typeof id === "string") this.#subscriptions.delete(id);
        return void this.#send({ msg: "nosub", id });
      case "method":
        if (typeof id !== "string" || typeof frame.method !== "string")
          return void refuse("Malformed method invocation");
        return await this.#call(id, frame.method, Array.isArray(frame.params) ? frame.params : []);
      default:
        return void refuse("Bad request");
    }
  }

  #connect({ version }: Frame, refuse: (reason: string) => void): void {
    if (this.#connected) return void refuse("Already connected");
    if (version !== "1") {
      this.#send({ msg: "failed", version: "1" });
      return void this.#close();
    }
    this.#connected = true;
    this.#send({ msg: "connected", session: randomId() });
  }

  #subscribe(id: string, name: string, params: unknown): void {
    if (this.#subscriptions.has(id)) return;
    if (!streamOf(name)) {
      return void this.#send({ msg: "nosub", id, error: errorOf(404, `Subscription '${name}' not found`) });
    }
    const event = Array.isArray(params) ? params[0] : undefined;
    if (typeof event !== "string" || event === "") {
      return void this.#send({ msg: "nosub", id, error: errorOf("invalid-event-name") });
    }
    this.#subscriptions.set(id, { stream: name, event });
    this.#settle(id);
  }

  /** Says whether a subscription stands; a refused one is forgotten. */
  #settle(id: string): void {
    const { stream, event } = this.#subscriptions.get(id) as Subscription;
    const actor = this.#actor();
    if (actor && streamOf(stream)?.mayRead(actor, event)) return void this.#send({ msg: "ready", subs: [id] });
    this.#subscriptions.delete(id);
    this.#send({ msg: "nosub", id, error: NOT_ALLOWED });
  }

  async #call(id: string, method: string, params: readonly unknown[]): Promise<void> {
    const updated = () => this.#send({ msg: "updated", methods: [id] });
    const result = (outcome: Outcome<unknown>) => this.#send({ msg: "result", id, ...outcome });
    switch (method) {
      case "login":
        return await this.#logIn(params, updated, result);
      case "logout":
        return await this.#logOut(updated, result);
      case "sendMessage": {
        const actor = this.#actor();
        const details = { method };
        const outcome = actor
          ? sendMessage(actor, params)
          : { error: errorOf("error-invalid-user", "Invalid user", details) };
        const tell = await this.#host.keep();
        updated();
        result(outcome);
        return void tell();
      }
      default:
        result({ error: errorOf(404, `Method '${method}' not found`) });
        return void updated();
    }
  }

  async #logIn(params: readonly unknown[], updated: () => void, result: (o: Outcome<unknown>) => void): Promise<void> {
    const outcome = login(this.#host.place(), params);
    const tell = await this.#host.keep();
    if ("error" in outcome) {
      updated();
      result(outcome);
      return void tell();
    }
    const before = this.#login?.user;
    this.#login = outcome.result;
    const { user, told } = outcome.result;
    if (before && before._id !== user._id) this.#send({ msg: "removed", collection: "users", id: idOf(before._id) });
    for (const id of [...this.#subscriptions.keys()]) this.#settle(id);
    updated();
    result({ result: told });
    if (before?._id !== user._id) {
      this.#send({ msg: "added", collection: "users", id: idOf(user._id), fields: ownFields(user) });
    }
    tell();
  }

  async #logOut(updated: () => void, result: (o: Outcome<unknown>) => void): Promise<void> {
    const left = this.#login;
    this.#login = undefined;
    if (left) logOut(left.user, left.hashedToken);
    const tell = await this.#host.keep();
    for (const id of [...this.#subscriptions.keys()]) this.#settle(id);
    if (left) this.#send({ msg: "removed", collection: "users", id: idOf(left.user._id) });
    updated();
    result({ result: undefined });
    tell();
  }
}
