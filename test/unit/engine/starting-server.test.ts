/** A server that this program starts itself: waited for before a change, and not asked while it does not run. */
import { describe, expect, it } from "vitest";
import type { Client } from "../../../provider/client/client.ts";
import { create } from "../../../provider/engine/create.ts";
import { diff, read, remove, update } from "../../../provider/engine/lifecycle.ts";
import { Session } from "../../../provider/engine/session.ts";
import { NetworkError, OwnershipError } from "../../../provider/errors.ts";
import { Shop } from "./probe.ts";

interface Door {
  open: boolean;
  /** Limits of the waits, in milliseconds. */
  readonly waits: number[];
  readonly log: string[];
  readonly session: Session;
}

/** A connection to a server whose door is open or not. */
function door({ open = false, startTimeoutMs = 60_000, opens = false } = {}): Door {
  const state = { open, waits: [] as number[], log: [] as string[] };
  const client = {
    url: "http://127.0.0.1:3001",
    awaitAnswer: async (limitMs: number) => {
      state.waits.push(limitMs);
      if (opens) state.open = true;
      return state.open ? undefined : new Error("connection refused");
    },
    workspaceId: async () => {
      if (!state.open) throw new Error("asked a server that does not run");
      return "workspace-1";
    },
    self: async () => ({ userId: "me", username: "me", roles: ["admin"] }),
    redact: (text: string) => text,
  } as unknown as Client;
  return Object.assign(state, {
    session: new Session(client, "default", (line) => state.log.push(line), startTimeoutMs),
  });
}

const STATE = { name: "a", serverUrl: "http://127.0.0.1:3000", workspaceId: "workspace-1" };

describe("a change", () => {
  it("waits for the server, once", async () => {
    const shop = new Shop();
    const { session, waits } = door({ opens: true });
    const { id, outputs } = await create(session, shop.handler, { name: "a" });
    await update(session, shop.handler, id, outputs, { name: "a", color: "red" });
    session.release("Lamp", id);
    await remove(session, shop.handler, id, { ...outputs, onDestroy: "delete" });
    expect(waits).toEqual([60_000]);
  });

  it("says what to do when it never answers, and tries again the next time", async () => {
    const shop = new Shop();
    const closed = door();
    const failed = create(closed.session, shop.handler, { name: "a" });
    await expect(failed).rejects.toThrow(NetworkError);
    await expect(failed).rejects.toThrow(
      /did not answer within 60 seconds: connection refused\n.*ROCKETCHAT_ON_DESTROY=retain/,
    );
    expect(shop.calls).toEqual([]);
    closed.open = true;
    await expect(create(closed.session, shop.handler, { name: "a" })).resolves.toMatchObject({ id: "lamp1" });
  });

  it("needs no server when what it holds is only forgotten", async () => {
    const shop = new Shop();
    const { session, waits } = door();
    await remove(session, shop.handler, "lamp1", { ...STATE, onDestroy: "retain" });
    expect(waits).toEqual([]);
    expect(shop.calls).toEqual([]);
  });

  it("does not wait for other servers", async () => {
    const { session, waits } = door({ open: true, startTimeoutMs: 0 });
    await create(session, new Shop().handler, { name: "a" });
    expect(waits).toEqual([]);
  });
});

describe("while the server does not run", () => {
  it("a refresh leaves what it holds as it was, and says so once", async () => {
    const shop = new Shop();
    const { session, log } = door();
    const reads = ["lamp1", "lamp2"].map((id) => read(session, shop.handler, id, STATE));
    expect(await Promise.all(reads)).toEqual([
      { id: "lamp1", inputs: { name: "a" }, outputs: STATE },
      { id: "lamp2", inputs: { name: "a" }, outputs: STATE },
    ]);
    expect(shop.calls).toEqual([]);
    expect(log).toEqual(["http://127.0.0.1:3001 does not answer; what it holds is taken to be as it was."]);
  });

  it("a preview takes another address for the same server's", async () => {
    const { session } = door();
    expect(await diff(session, new Shop().handler, "lamp1", STATE, { name: "a" })).toEqual({
      changes: true,
      replaces: [],
      deleteBeforeReplace: true,
    });
  });

  it("the change after it looks who answers there", async () => {
    const shop = new Shop();
    const other = { ...STATE, workspaceId: "workspace-2" };
    const one = door();
    await diff(one.session, shop.handler, "lamp1", other, { name: "a" });
    one.open = true;
    await expect(update(one.session, shop.handler, "lamp1", other, { name: "a" })).rejects.toThrow(OwnershipError);
  });
});
