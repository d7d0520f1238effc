/**
 * Calls the addresses of outgoing integrations when a message is sent, and posts what they answer. A call that fails is told
 * to the log and to nobody else. Other events than `sendMessage` are not called. Knows no route and no socket.
 */
import type { Happening } from "../core/events.ts";
import { Refusal } from "../core/failure.ts";
import type { IntegrationDoc, MessageDoc, RoomDoc } from "../core/state.ts";
import { postWebhookMessage } from "../messages/webhook-message.ts";
import type { Host } from "../realtime/session.ts";

/** Where calls may go: this machine, anywhere, or nowhere. */
export type Reach = "loopback" | "anywhere" | "none";

const TIMEOUT_MS = 10_000;

export interface CallOutOptions {
  readonly host: Host;
  readonly reach: Reach;
  siteUrl(): string;
  log?: ((line: string) => void) | undefined;
}

const isLoopback = (hostname: string): boolean =>
  hostname === "localhost" || hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(hostname);

const SCOPES: Record<RoomDoc["t"], string> = {
  c: "all_public_channels",
  p: "all_private_groups",
  d: "all_direct_messages",
};

/** No channel at all means every room. */
function hears({ channel }: IntegrationDoc, room: RoomDoc): boolean {
  if (channel.length === 0) return true;
  return channel.some((name) => {
    if (name === SCOPES[room.t]) return true;
    const bare = name.slice(1);
    if (name[0] === "@") return room.t === "d" && (room.usernames?.includes(bare) ?? false);
    return name[0] === "#" && (room.name === bare || room._id === bare);
  });
}

/** The word that sets it off; an empty text where it needs none; undefined where it stays quiet. */
function triggerOf({ triggerWords, triggerWordAnywhere }: IntegrationDoc, text: string): string | undefined {
  const words = Array.isArray(triggerWords) ? triggerWords.map(String).filter((word) => word !== "") : [];
  if (words.length === 0) return "";
  return words.find((word) => (triggerWordAnywhere === true ? text.includes(word) : text.startsWith(word)));
}

function payloadOf(
  { token }: IntegrationDoc,
  room: RoomDoc,
  message: MessageDoc,
  about: { trigger: string; siteUrl: string },
): object {
  return {
    ...(token && { token }),
    bot: message.bot ?? false,
    ...(about.trigger !== "" && { trigger_word: about.trigger }),
    channel_id: room._id,
    channel_name: room.name ?? null,
    message_id: message._id,
    timestamp: message.ts,
    user_id: message.u._id,
    user_name: message.u.username,
    text: message.msg,
    siteUrl: about.siteUrl,
    ...(message.alias ? { alias: message.alias } : {}),
    ...(message.editedAt !== undefined && { isEdited: true }),
    ...(message.tmid !== undefined && { tmid: message.tmid }),
  };
}

export class CallOut {
  readonly #options: CallOutOptions;
  readonly #stop = new AbortController();
  readonly #running = new Set<Promise<void>>();

  constructor(options: CallOutOptions) {
    this.#options = options;
  }

  /** Starts the calls and waits for none. */
  tell(happenings: readonly Happening[]): void {
    if (this.#options.reach === "none") return;
    for (const happening of happenings) {
      if (happening.kind !== "message" || happening.message.t !== undefined) continue;
      if (happening.isNew || happening.isEdited) this.#sent(happening.message, happening.isNew);
    }
  }

  /** Breaks off what is under way. */
  async close(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#running);
  }

  #sent(message: MessageDoc, isNew: boolean): void {
    const { state } = this.#options.host.place();
    const room = state.rooms[message.rid];
    if (!room) return;
    for (const integration of Object.values(state.integrations)) {
      if (integration.type !== "webhook-outgoing" || !integration.enabled || integration.event !== "sendMessage")
        continue;
      // its own answers don't set it off again
      const own = (message.bot as { i?: string } | undefined)?.i === integration._id;
      if (own || (!isNew && integration.runOnEdits !== true) || !hears(integration, room)) continue;
      const trigger = triggerOf(integration, message.msg);
      if (trigger === undefined) continue;
      const payload = payloadOf(integration, room, message, { trigger, siteUrl: this.#options.siteUrl() });
      for (const url of Array.isArray(integration.urls) ? integration.urls.map(String) : []) {
        const call = this.#call(url, payload, integration._id, room._id).catch((error: unknown) => {
          const why = error instanceof Refusal ? JSON.stringify(error.reply.json) : (error as Error).message;
          this.#options.log?.(`outgoing integration ${integration._id}: ${why}`);
        });
        this.#running.add(call);
        void call.finally(() => this.#running.delete(call));
      }
    }
  }

  async #call(url: string, payload: object, integrationId: string, roomId: string): Promise<void> {
    const { hostname } = new URL(url);
    if (this.#options.reach === "loopback" && !isLoopback(hostname)) {
      throw new Error(`not called: ${hostname} is another machine`);
    }
    const answer = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(payload),
      // another address may be another machine
      redirect: "manual",
      signal: AbortSignal.any([this.#stop.signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`the address answered with status ${answer.status}`);
    const said: unknown = text.trim() === "" ? undefined : JSON.parse(text);
    if (typeof said !== "object" || said === null) return;
    const { text: words, attachments } = said as { text?: unknown; attachments?: unknown };
    if ((typeof words !== "string" || words === "") && !Array.isArray(attachments)) return;
    await this.#answer(said as Record<string, unknown>, integrationId, roomId);
  }

  /** Posts an answer where the message came from, as the integration's account. */
  async #answer(payload: Record<string, unknown>, integrationId: string, roomId: string): Promise<void> {
    const place = this.#options.host.place();
    // all of these may have gone while the call was under way
    const integration = place.state.integrations[integrationId];
    const room = place.state.rooms[roomId];
    const user = integration && place.state.users[integration.userId];
    if (!integration || !room || !user) return;
    const text = (key: string) => (typeof integration[key] === "string" ? (integration[key] as string) : undefined);
    postWebhookMessage({ ...place, user }, room, payload, {
      alias: text("alias"),
      avatar: text("avatar"),
      emoji: text("emoji"),
      bot: { i: integration._id },
    });
    (await this.#options.host.keep())();
  }
}
