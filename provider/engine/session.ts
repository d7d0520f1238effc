/** What the resources of one connection share during a run: client, list pages, and which objects must not be deleted. */
import type { Client } from "../client/client.ts";
import { OwnershipError } from "../errors.ts";
import type { Connection } from "./connection.ts";
import type { Context } from "./handler.ts";
import { Lists } from "./lists.ts";

/** Outputs that tie an object to its server. */
export interface ServerIdentity {
  readonly serverUrl: string;
  readonly workspaceId: string;
}

export class Session {
  readonly client: Client;
  readonly context: Context;
  readonly onDestroy: Connection["onDestroy"];
  /** `kind id` of every object that this run made, adopted or found in the program: see `refuseDelete`. */
  private readonly kept = new Set<string>();

  constructor(client: Client, onDestroy: Connection["onDestroy"], log: (message: string) => void) {
    this.client = client;
    this.onDestroy = onDestroy;
    this.context = { client, lists: new Lists(), log: (message) => log(client.redact(message)) };
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
