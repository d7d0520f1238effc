import { expect, it } from "vitest";
import type { RoomMessage } from "../../../../provider/client/realtime/realtime.ts";
import { RoomStream } from "../../../../provider/client/realtime/stream.ts";

const message = (id: string, second: number, updated = second): RoomMessage => ({
  id,
  roomId: "r",
  text: id,
  author: { id: "u", username: "ann" },
  at: new Date(second * 1000),
  updatedAt: new Date(updated * 1000),
  pinned: false,
  reactions: {},
  attachments: [],
});

/** What can be read without waiting. */
async function read(stream: RoomStream): Promise<string[]> {
  stream.close();
  const texts = [];
  for await (const { text } of stream) texts.push(text);
  return texts;
}

it("puts what was missed before what came meanwhile, and nothing twice", async () => {
  const stream = new RoomStream("r", () => undefined);
  stream.startAfter(message("old", 1));
  stream.put(message("a", 2));
  stream.hold();
  stream.put(message("c", 4));
  expect(stream.release([message("old", 1), message("a", 2), message("b", 3), message("c", 4)])).toBe(2);
  expect(stream.newest).toEqual(new Date(4000));
  expect(await read(stream)).toEqual(["a", "b", "c"]);
});

it("delivers a changed message again", async () => {
  const stream = new RoomStream("r", () => undefined);
  stream.startAfter(message("old", 1));
  stream.put(message("old", 1, 5));
  stream.put(message("old", 1, 5));
  expect(await read(stream)).toEqual(["old"]);
});

it("knows where an empty room begins, and when it doesn't know", () => {
  const stream = new RoomStream("r", () => undefined);
  stream.startAfter("unknown");
  expect(stream.newest).toBeUndefined();
  stream.startAfter(undefined);
  expect(stream.newest).toEqual(new Date(0));
});

it("hands out what arrived before an error, the error once, and then the end", async () => {
  const stream = new RoomStream("r", () => undefined);
  stream.put(message("a", 1));
  stream.fail(new Error("gone"));
  expect(await stream.next()).toMatchObject({ value: { id: "a" } });
  await expect(stream.next()).rejects.toThrow("gone");
  expect(await stream.next()).toMatchObject({ done: true });
});

it("has one reader at a time, and says so to its owner when it is left", async () => {
  const closed: RoomStream[] = [];
  const stream = new RoomStream("r", (one) => closed.push(one));
  const first = stream.next();
  await expect(stream.next()).rejects.toThrow("one reader");
  await stream.return();
  expect(await first).toEqual({ value: undefined, done: true });
  stream.close();
  expect(closed).toEqual([stream]);
});
