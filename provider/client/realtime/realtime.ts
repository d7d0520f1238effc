/** What users of the realtime connection see: messages as they come, sending, what happens to the connection. Types only. */

/** A message as the realtime stream and the history tell it. */
export interface RoomMessage {
  readonly id: string;
  readonly roomId: string;
  /** Markdown, as it was written. Empty for a file or attachments alone. */
  readonly text: string;
  readonly author: { readonly id: string; readonly username: string; readonly name?: string };
  /** The name that a webhook or bot posts under. */
  readonly alias?: string;
  readonly at: Date;
  readonly updatedAt?: Date;
  readonly editedAt?: Date;
  /** Set on messages of the server itself: `uj` joined, `ul` left, `room_changed_topic` …; then `text` is its subject. */
  readonly systemType?: string;
  /** The message that this one replies to. */
  readonly threadId?: string;
  readonly pinned: boolean;
  /** Usernames by emoji, `:smile:`. */
  readonly reactions: Readonly<Record<string, readonly string[]>>;
  readonly attachments: readonly unknown[];
}

/** What happened to the connection, for a log. Holds no secret. */
export type RealtimeEvent =
  | { readonly type: "connected" }
  | { readonly type: "disconnected"; readonly reason: string }
  | { readonly type: "reconnecting"; readonly attempt: number; readonly inMs: number }
  /**
   * A room is heard again. `caughtUp` messages that were posted meanwhile were fetched and come first. Where `complete` is
   * false some may be missing, and `reason` says why. Edits, reactions and deletions of older messages are not made up for.
   */
  | {
      readonly type: "resumed";
      readonly roomId: string;
      readonly caughtUp: number;
      readonly complete: boolean;
      readonly reason?: string;
    };

/** The messages of one room from its subscription on, in order, for one `for await` loop. */
export interface MessageStream extends AsyncIterableIterator<RoomMessage> {
  readonly roomId: string;
  /** Ends the subscription; the loop ends after what has arrived. */
  close(): void;
}

export interface Realtime {
  /** The account that is logged in. */
  readonly username: string;
  /**
   * Subscribes; resolves when the server confirmed it, so that nothing posted from then on is missed. An edit, reaction or pin
   * comes as the whole message again, with the same `id`. Messages wait in memory until they are read.
   *
   * @param room the room's id, or its name behind a `#`.
   * @param options `signal` ends the stream.
   * @throws NotFoundError for an unknown name; PermissionError where the account must not read the room. The loop throws when the
   * connection is lost for good.
   */
  messages(room: string, options?: { signal?: AbortSignal }): Promise<MessageStream>;
  /**
   * Sends a message under an id of its own, so that a lost answer never makes a second one.
   * @throws PermissionError, ValidationError (archived or read-only room, text too long), NotFoundError, NetworkError.
   */
  send(room: string, text: string, options?: { id?: string; threadId?: string }): Promise<RoomMessage>;
  /** Ends all streams and the log-in. Safe to repeat. */
  close(): Promise<void>;
}

export interface RealtimeOptions {
  /** Ends the connection like `close`. */
  readonly signal?: AbortSignal | undefined;
  readonly onEvent?: ((event: RealtimeEvent) => void) | undefined;
  /** How long a lost connection is tried again, in milliseconds; 0: not at all. Default ten minutes. */
  readonly reconnectForMs?: number | undefined;
}
