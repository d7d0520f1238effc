import { beforeEach, describe, expect, it } from "vitest";
import { create, Unfinished } from "../../../provider/engine/create.ts";
import { refuseReplacement } from "../../../provider/engine/diff.ts";
import { diff, read, remove, update } from "../../../provider/engine/lifecycle.ts";
import { UNKNOWN } from "../../../provider/engine/schema.ts";
import { NetworkError, OwnershipError } from "../../../provider/errors.ts";
import { Shop, session } from "./probe.ts";

const lost = () => new NetworkError("cut", { operation: "lamps.create", request: "POST /lamps" }, { maybeSent: true });

let shop: Shop;
let here: ReturnType<typeof session>;
beforeEach(() => {
  shop = new Shop();
  here = session();
});
const make = (inputs: Record<string, unknown>) => create(here, shop.handler, inputs);
const differ = (olds: object, news: object, on = here) =>
  diff(on, shop.handler, "lamp1", olds as Record<string, unknown>, news as Record<string, unknown>);

describe("create", () => {
  it("makes the object and returns declared inputs, computed values and the server", async () => {
    expect(await make({ name: "a", tags: ["x", "y"] })).toEqual({
      id: "lamp1",
      outputs: {
        name: "a",
        tags: ["x", "y"],
        serial: "serial-lamp1",
        serverUrl: "https://one.test",
        workspaceId: "workspace-1",
      },
    });
    expect(shop.calls).toEqual(["create", "update"]);
  });

  it("refuses what somebody else has made, and changes nothing", async () => {
    const other = shop.put("a", { madeBy: "somebody" });
    await expect(make({ name: "a", color: "red" })).rejects.toThrow(OwnershipError);
    await expect(make({ name: "a" })).rejects.toThrow(/exists already at https:\/\/one\.test.*\n.*adopt: true/);
    expect(other.color).toBe("");
  });

  it("refuses what is old, used, or not as declared", async () => {
    shop.put("old", { madeAt: new Date(Date.now() - 25 * 3600e3) });
    shop.put("used", { touched: true });
    shop.put("other", { color: "green" });
    for (const name of ["old", "used", "other"]) {
      await expect(make({ name, color: "red" }), name).rejects.toThrow(OwnershipError);
    }
  });

  it("adopts when asked to", async () => {
    shop.put("a", { madeBy: "somebody", color: "green" });
    expect((await make({ name: "a", color: "red", adopt: true })).id).toBe("lamp1");
    expect(shop.lamps.get("lamp1")?.color).toBe("red");
  });

  it("takes over the unrecorded work of a killed run, finished or not", async () => {
    shop.put("done", { color: "red", tags: ["x"] });
    shop.put("half");
    expect((await make({ name: "done", color: "red", tags: ["x"] })).id).toBe("lamp1");
    expect((await make({ name: "half", color: "red", tags: ["x"] })).id).toBe("lamp2");
    expect(shop.lamps.size).toBe(2);
  });

  it("brings back what was put away", async () => {
    shop.put("a", { off: true, madeBy: "somebody" });
    expect((await make({ name: "a" })).id).toBe("lamp1");
    expect(shop.lamps.get("lamp1")?.off).toBe(false);
  });

  it("makes one object when the answer is lost, before or after the server acted", async () => {
    shop.fault = { call: "create", after: true, error: lost() };
    expect((await make({ name: "a" })).id).toBe("lamp1");
    shop.fault = { call: "create", after: false, error: lost() };
    expect((await make({ name: "b" })).id).toBe("lamp2");
    expect(shop.lamps.size).toBe(2);
  });

  it("refuses a second declaration of the same object", async () => {
    await make({ name: "a" });
    await expect(make({ name: "a" })).rejects.toThrow(/declared twice/);
    expect(shop.lamps.size).toBe(1);
  });

  it("looks before it makes when it is to adopt", async () => {
    shop.put("a", { madeBy: "somebody" });
    await make({ name: "a", adopt: true });
    expect(shop.calls).toEqual(["find", "update"]);
  });

  it("records an object that could not be finished", async () => {
    shop.fault = { call: "update", after: false, error: new Error("no right to paint") };
    const error = await make({ name: "a", color: "red" }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(Unfinished);
    expect(error).toMatchObject({ id: "lamp1", outputs: { name: "a", color: "", serverUrl: "https://one.test" } });
    expect((error as Error).message).toContain("no right to paint");
  });
});

describe("diff", () => {
  const olds = {
    name: "a",
    tags: ["x", "y"],
    code: "1",
    codeVersion: 1,
    serverUrl: "https://one.test",
    workspaceId: "workspace-1",
  };
  const news = { name: "a", tags: ["y", "x"], code: "1", codeVersion: 1 };

  it("finds nothing where the meaning is the same, without any call", async () => {
    expect(await differ(olds, news)).toMatchObject({ changes: false, replaces: [] });
    expect(here.asked).toEqual([]);
  });

  it("changes in place, or replaces, as the field says", async () => {
    expect(await differ(olds, { ...news, name: "b" })).toMatchObject({ changes: undefined, replaces: [] });
    expect(await differ({ ...olds, socket: "s" }, { ...news, socket: "t" })).toMatchObject({
      changes: true,
      replaces: ["socket"],
      deleteBeforeReplace: true,
    });
  });

  it("does not make a new object for what is no longer declared, or is what it was", async () => {
    expect(await differ({ ...olds, socket: "s" }, news)).toMatchObject({ changes: undefined, replaces: [] });
    expect(await differ(olds, { ...news, socket: "" })).toMatchObject({ replaces: [] });
  });

  it("counts an unknown value as a change", async () => {
    expect(await differ(olds, { ...news, name: UNKNOWN })).toMatchObject({ changes: undefined });
    expect(await differ({ ...olds, socket: "s" }, { ...news, socket: UNKNOWN })).toMatchObject({
      replaces: ["socket"],
    });
  });

  it("lets a version decide about a write-only value", async () => {
    expect(await differ(olds, { ...news, code: "2" })).toMatchObject({ changes: false });
    expect(await differ(olds, { ...news, code: "2", codeVersion: 2 })).toMatchObject({ changes: undefined });
    expect(
      await differ({ ...olds, codeVersion: undefined }, { ...news, code: "2", codeVersion: undefined }),
    ).toMatchObject({ changes: undefined });
  });

  it("tells a moved address from another workspace", async () => {
    const moved = session({ url: "https://two.test" });
    expect(await differ(olds, news, moved)).toMatchObject({ changes: true, replaces: [] });
    const other = session({ url: "https://two.test", workspaceId: "workspace-2" });
    expect(await differ(olds, news, other)).toMatchObject({
      changes: true,
      replaces: ["serverUrl"],
      deleteBeforeReplace: false,
    });
  });
});

describe("a replacement whose old object keeps the name", () => {
  const olds = { name: "a", socket: "s" };

  it("is refused, with the ways out", () => {
    expect(refuseReplacement(shop.handler, olds, { name: "a", socket: "t" }, "off")).toMatch(
      /socket: can't be changed on lamp "a".*onDestroy/,
    );
  });

  it("is none when the name changes too, the old one is deleted, or nothing needs a new object", () => {
    expect(refuseReplacement(shop.handler, olds, { name: "b", socket: "t" }, "off")).toBeUndefined();
    expect(refuseReplacement(shop.handler, olds, { name: "a", socket: "t" }, "delete")).toBeUndefined();
    expect(refuseReplacement(shop.handler, olds, { ...olds, color: "red" }, "off")).toBeUndefined();
    expect(refuseReplacement(shop.handler, {}, olds, "off")).toBeUndefined();
  });
});

describe("read, update, delete", () => {
  it("reads drift of declared properties only, and keeps what can't be read", async () => {
    const { id, outputs } = await make({ name: "a", tags: ["x", "y"], code: "c" });
    Object.assign(shop.lamps.get(id) ?? {}, { color: "green", tags: ["z"] });
    expect((await read(here, shop.handler, id, outputs))?.inputs).toEqual({ name: "a", tags: ["z"], code: "c" });
  });

  it("looks up all that can be read of an object named by its id alone", async () => {
    const { id } = shop.put("a", { color: "green", off: true });
    expect((await read(here, shop.handler, id, {}))?.outputs).toMatchObject({
      name: "a",
      color: "green",
      serial: "serial-lamp1",
    });
  });

  it("counts as gone what was removed or put away", async () => {
    const { id, outputs } = await make({ name: "a" });
    Object.assign(shop.lamps.get(id) ?? {}, { off: true });
    expect(await read(here, shop.handler, id, outputs)).toBeUndefined();
    shop.lamps.clear();
    expect(await read(here, shop.handler, id, outputs)).toBeUndefined();
  });

  it("says what to do when the object to change is gone", async () => {
    const { id, outputs } = await make({ name: "a" });
    shop.lamps.clear();
    await expect(update(here, shop.handler, id, outputs, { name: "b" })).rejects.toThrow(
      /no longer on the server.*\n.*refresh/,
    );
  });

  it("removes as the resource, the stack or the kind says", async () => {
    const { id, outputs } = await make({ name: "a" });
    const later = session();
    await remove(later, shop.handler, id, outputs);
    expect(shop.lamps.get(id)?.off).toBe(true);
    await remove(later, shop.handler, id, { ...outputs, onDestroy: "retain" });
    expect(shop.lamps.has(id)).toBe(true);
    await remove(later, shop.handler, id, { ...outputs, onDestroy: "delete" });
    expect(shop.lamps.has(id)).toBe(false);
  });

  it("does not delete what the same run made or still declares", async () => {
    const { id, outputs } = await make({ name: "a" });
    await expect(remove(here, shop.handler, id, { ...outputs, onDestroy: "delete" })).rejects.toThrow(/aliases/);
    const next = session();
    await diff(next, shop.handler, id, outputs, { name: "a" });
    await expect(remove(next, shop.handler, id, outputs)).rejects.toThrow(OwnershipError);
    expect(shop.lamps.get(id)?.off).toBe(false);
  });

  it("refuses to act on another workspace", async () => {
    const { id, outputs } = await make({ name: "a" });
    const other = session({ url: "https://two.test", workspaceId: "workspace-2" });
    await expect(read(other, shop.handler, id, outputs)).rejects.toThrow(OwnershipError);
    await expect(update(other, shop.handler, id, outputs, { name: "b" })).rejects.toThrow(OwnershipError);
    await expect(remove(other, shop.handler, id, outputs)).rejects.toThrow(/nothing was done/);
  });
});
