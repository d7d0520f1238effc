/** What the resources of one connection share during a run: client, list pages, and which objects must not be deleted. */
import type { Client } from "../client/client.ts";
import { NetworkError, OwnershipError } from "../errors.ts";
import type { Connection } from "./connection.ts";
import type { Context } from "./handler.ts";
import { Lists } from "./lists.ts";

/** Outputs that tie an object to its server. */
export interface ServerIdentity {
  readonly serverUrl: string;
  readonly workspaceId: string;
}

/** Long enough for a server that is there but busy. */
const SHORT_WAIT_MS = 5_000;

export class Session {
  readonly client: Client;
  readonly context: Context;
  readonly onDestroy: Connection["onDestroy"];
  /** `kind id` of every object that this run made, adopted or found in the program: see `refuseDelete`. */
  private readonly kept = new Set<string>();
  private readonly left = new Set<string>();
  private readonly startTimeoutMs: number;
  private waited: Promise<Error | undefined> | undefined;
  private looked: Promise<boolean> | undefined;

  constructor(
    client: Client,
    onDestroy: Connection["onDestroy"],
    log: (message: string) => void,
    startTimeoutMs: Connection["startTimeoutMs"] = 0,
  ) {
    this.client = client;
    this.onDestroy = onDestroy;
    this.startTimeoutMs = startTimeoutMs;
    this.context = { client, lists: new Lists(), log: (message) => log(client.redact(message)) };
  }

  /** Before a call that changes something: waits, once, for a server that is still starting, where the connection says so. */
  async ready(): Promise<void> {
    if (this.startTimeoutMs === 0) return;
    this.waited ??= this.client.awaitAnswer(this.startTimeoutMs);
    const failure = await this.waited;
    if (failure === undefined) {
      this.looked = Promise.resolve(true);
      return;
    }
    this.waited = undefined;
    throw new NetworkError(
      `${this.client.url} did not answer within ${Math.round(this.startTimeoutMs / 1_000)} seconds: ${failure.message}`,
      { operation: "info", request: "GET /api/info" },
      {
        maybeSent: false,
        cause: failure,
        hint:
          "Look at the server's log. If the server is gone for good, `destroy` with ROCKETCHAT_ON_DESTROY=retain forgets what it held " +
          "without asking it.",
      },
    );
  }

  /**
   * False when the server is one that this program starts and stops itself, and it does not run: then nothing can be said
   * about what it holds, and that it does not run is for its own resources to tell.
   */
  async answers(): Promise<boolean> {
    if (this.startTimeoutMs === 0) return true;
    this.looked ??= this.client.awaitAnswer(Math.min(SHORT_WAIT_MS, this.startTimeoutMs)).then((failure) => {
      if (failure === undefined) return true;
      this.context.log(`${this.client.url} does not answer; what it holds is taken to be as it was.`);
      return false;
    });
    return this.looked;
  }

  async identity(): Promise<ServerIdentity> {
    return { serverUrl: this.client.url, workspaceId: await this.client.workspaceId() };
  }

  /**
   * Where an object lives against where this connection points: `same`; `moved` (the same workspace under another
   * address); `other`. No call is made while the address is the same.
   */
  async place(state: Partial<ServerIdentity>): Promise<"same" | "moved" | "other"> {
    if (state.serverUrl === undefined || state.serverUrl === this.client.url) return "same";
    // A server that is to listen at another address does not do so before `up` has started it again.
    if (!(await this.answers())) return "moved";
    return state.workspaceId === (await this.client.workspaceId()) ? "moved" : "other";
  }

  /** Throws when the object belongs to another workspace than this connection's. */
  async requireHome(what: string, state: Partial<ServerIdentity>): Promise<void> {
    if ((await this.place(state)) !== "other") return;
    throw new OwnershipError(
      `${what} belongs to the workspace at ${state.serverUrl}, but this connection leads to another one at ${this.client.url}; nothing was done.`,
      { hint: "Give the resource the provider of its own server, or set the address back." },
    );
  }

  keep(kind: string, id: string): void {
    this.kept.add(`${kind} ${id}`);
  }

  keeps(kind: string, id: string): boolean {
    return this.kept.has(`${kind} ${id}`);
  }

  /** The object is about to be replaced: the new one is made in its place, not found in it. */
  leave(kind: string, id: string): void {
    this.release(kind, id);
    this.left.add(`${kind} ${id}`);
  }

  leaves(kind: string, id: string): boolean {
    return this.left.has(`${kind} ${id}`);
  }

  release(kind: string, id: string): void {
    this.kept.delete(`${kind} ${id}`);
  }

  /**
   * A resource renamed in the program without an alias is created (finding its old self) and then deleted under its old
   * name: the state would say "there" of an object that is gone. So what this run keeps, it does not delete.
   */
  refuseDelete(kind: string, id: string, what: string): void {
    if (!this.keeps(kind, id)) return;
    throw new OwnershipError(`${what} was not deleted: another resource of this program stands for the same object.`, {
      hint:
        'A resource that was renamed in the program needs `aliases: [{ name: "<old name>" }]`. ' +
        "If the state holds both names by now, remove the old one with `pulumi state delete <URN>`; the object stays as it is.",
    });
  }
}
