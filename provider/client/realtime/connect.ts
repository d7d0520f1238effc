/** A realtime connection of one account: rooms to listen to, messages to send. Knows no frames. */
import { randomUUID } from "node:crypto";
import { NotFoundError } from "../../errors.ts";
import { findRoom } from "../api/rooms.ts";
import type { Client, ClientOptions } from "../client.ts";
import { systemClock } from "../clock.ts";
import { openClient, type Surroundings } from "../create-client.ts";
import { policies } from "../policies.ts";
import { type Ddp, Refused } from "./ddp.ts";
import { Failures } from "./failures.ts";
import { messageById, missedMessages, newestMessage } from "./history.ts";
import { Link } from "./link.ts";
import { messageSchema } from "./message.ts";
import type { MessageStream, Realtime, RealtimeEvent, RealtimeOptions, RoomMessage } from "./realtime.ts";
import { RoomStream } from "./stream.ts";

const ROOM_MESSAGES = "stream-room-messages";
const TIMEOUT_MS = 30_000;
const RECONNECT_FOR_MS = 10 * 60_000;

/** @throws the errors of a first REST call (address, credentials), or NetworkError where WebSockets don't get through. */
export async function openRealtime(
  options: ClientOptions & RealtimeOptions,
  surroundings: Surroundings = {},
): Promise<Realtime> {
  options.signal?.throwIfAborted();
  const connection = new Connection(options, surroundings);
  try {
    await connection.start();
  } catch (error) {
    await connection.close();
    throw error;
  }
  return connection;
}

class Connection implements Realtime {
  readonly #client: Client;
  readonly #failures: Failures;
  readonly #link: Link;
  readonly #options: RealtimeOptions;
  /** With the id of the subscription that feeds each of them at present. */
  readonly #streams = new Map<RoomStream, string | undefined>();
  readonly #abort = () => void this.close();
  #username = "";
  #closing: Promise<void> | undefined;

  constructor(options: ClientOptions & RealtimeOptions, surroundings: Surroundings) {
    const { client, account, redactor } = openClient(options, surroundings);
    this.#options = options;
    this.#client = client;
    this.#failures = new Failures(client.url, redactor);
    this.#link = new Link({
      url: client.url,
      account,
      failures: this.#failures,
      timeoutMs: options.requestTimeoutMs ?? TIMEOUT_MS,
      clock: surroundings.clock ?? systemClock,
      random: surroundings.random ?? Math.random,
      retry: policies[options.retry ?? "standard"].retry,
      reconnectForMs: options.reconnectForMs ?? RECONNECT_FOR_MS,
      tell: (event) => this.#tell(event),
      onUp: async (ddp) => {
        await Promise.all([...this.#streams.keys()].map((stream) => this.#resume(ddp, stream)));
      },
      onDown: () => {
        for (const stream of this.#streams.keys()) stream.hold();
      },
      onFailed: (error) => {
        for (const stream of this.#streams.keys()) this.#drop(stream, error);
      },
      onChanged: (stream, event, args) => {
        if (stream === ROOM_MESSAGES) this.#deliver(event, args[0]);
      },
      onRevoked: (id, refused) => {
        for (const [stream, known] of this.#streams) {
          if (known === id) this.#drop(stream, this.#failures.refused(ROOM_MESSAGES, refused));
        }
      },
    });
    options.signal?.addEventListener("abort", this.#abort, { once: true });
  }

  get username(): string {
    return this.#username;
  }

  /** The REST call first: it says far better than a WebSocket what is wrong with an address or a token. */
  async start(): Promise<void> {
    this.#username = (await this.#client.self()).username;
    await this.#link.start();
  }

  async messages(room: string, { signal }: { signal?: AbortSignal } = {}): Promise<MessageStream> {
    signal?.throwIfAborted();
    const stream = new RoomStream(await this.#roomId(room), (closed) => this.#forget(closed));
    // where to go on from after an interruption; what comes from here on is new
    stream.startAfter(await newestMessage(this.#client, stream.roomId).catch(() => "unknown" as const));
    await this.#link.use(ROOM_MESSAGES, async (ddp) => {
      this.#streams.set(stream, undefined);
      try {
        this.#streams.set(stream, await ddp.subscribe(ROOM_MESSAGES, stream.roomId));
      } catch (error) {
        this.#streams.delete(stream);
        throw error;
      }
    });
    signal?.addEventListener("abort", () => stream.close(), { once: true });
    if (signal?.aborted) stream.close();
    return stream;
  }

  async send(room: string, text: string, options: { id?: string; threadId?: string } = {}): Promise<RoomMessage> {
    const id = options.id ?? randomUUID().replaceAll("-", "").slice(0, 17);
    const rid = await this.#roomId(room);
    const { threadId: tmid } = options;
    const sent = await this.#link.use("sendMessage", (ddp) =>
      ddp.call("sendMessage", [{ _id: id, rid, msg: text, ...(tmid !== undefined && { tmid }) }]),
    );
    // The server answers with nothing when it did not take the message, and when it has one of this id already.
    const answered = messageSchema.safeParse(sent);
    if (answered.success) return answered.data;
    const known = await messageById(this.#client, id);
    if (known?.roomId === rid && known.text === text) return known;
    throw this.#failures.notKept(room);
  }

  close(): Promise<void> {
    this.#closing ??= (async () => {
      this.#options.signal?.removeEventListener("abort", this.#abort);
      for (const stream of this.#streams.keys()) stream.close();
      this.#link.close();
      await this.#client.close();
    })();
    return this.#closing;
  }

  async #roomId(room: string): Promise<string> {
    if (!room.startsWith("#")) return room;
    const found = await findRoom(this.#client, { roomName: room.slice(1) });
    if (found) return found._id;
    const call = { operation: "rooms.info", request: "GET /api/v1/rooms.info" };
    throw new NotFoundError(`rooms.info: there is no room ${JSON.stringify(room)} that this account sees`, call, {
      hint: "Give the room's name as it stands in its address, behind a #, or its id.",
    });
  }

  /** Hears a room again, and makes up for what was posted meanwhile. */
  async #resume(ddp: Ddp, stream: RoomStream): Promise<void> {
    const { roomId } = stream;
    try {
      this.#streams.set(stream, await ddp.subscribe(ROOM_MESSAGES, roomId));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return void this.#drop(stream, this.#failures.refused(ROOM_MESSAGES, error));
    }
    try {
      if (!stream.newest) throw new Error("the room's history could not be read");
      const { messages, complete } = await missedMessages(this.#client, roomId, stream.newest);
      const caughtUp = stream.release(messages);
      const reason = "more messages were posted than are fetched at once";
      this.#tell({ type: "resumed", roomId, caughtUp, complete, ...(!complete && { reason }) });
    } catch (error) {
      stream.release([]);
      this.#tell({ type: "resumed", roomId, caughtUp: 0, complete: false, reason: (error as Error).message });
    }
  }

  #deliver(roomId: string, raw: unknown): void {
    const parsed = messageSchema.safeParse(raw);
    // it comes again with the history, or not at all, and then that is said
    if (!parsed.success) return void this.#link.current?.end("the server sent a message that can't be understood");
    for (const stream of this.#streams.keys()) if (stream.roomId === roomId) stream.put(parsed.data);
  }

  #drop(stream: RoomStream, error: Error): void {
    this.#streams.delete(stream);
    stream.fail(error);
  }

  #forget(stream: RoomStream): void {
    const id = this.#streams.get(stream);
    this.#streams.delete(stream);
    if (id !== undefined) this.#link.current?.unsubscribe(id);
  }

  #tell(event: RealtimeEvent): void {
    if (!this.#closing) this.#options.onEvent?.(event);
  }
}
