/** The WebSocket side at `/websocket`: connections come and go. Knows no frame but ping. */
import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import type { Clock } from "../core/clock.ts";
import type { Events } from "../core/events.ts";
import { Heartbeat } from "./heartbeat.ts";
import { type Host, Session } from "./session.ts";

/** More by far than the largest message that the settings allow. */
const MOST_BYTES = 4 * 2 ** 20;

export interface Realtime {
  /** The clock was moved: heartbeats that became due are done. */
  clockMoved(): void;
  /** Ends every connection, as a restart of the server does. */
  disconnect(): void;
}

export interface RealtimeOptions {
  server: Server;
  host: Host;
  clock: Clock;
  events: Events;
  /** Whether a test asked that this request be cut off. */
  cut: (path: string) => boolean;
}

export function serveRealtime({ server, host, clock, events, cut }: RealtimeOptions): Realtime {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MOST_BYTES });
  const heartbeats = new Set<Heartbeat>();

  function talk(socket: WebSocket): void {
    const send = (frame: object) => {
      if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(frame));
    };
    const session = new Session(host, send, () => socket.close());
    const stop = events.listen((happenings) => session.tell(happenings));
    const heartbeat = new Heartbeat(
      () => clock.ms(),
      () => send({ msg: "ping" }),
      () => socket.terminate(),
    );
    heartbeats.add(heartbeat);
    socket.on("message", (data: Buffer) => {
      heartbeat.heard();
      session.receive(data.toString()).catch(() => socket.terminate());
    });
    // a broken frame or connection ends in close, which does the rest
    socket.on("error", () => undefined);
    socket.on("close", () => {
      heartbeat.stop();
      heartbeats.delete(heartbeat);
      stop();
    });
  }

  server.on("upgrade", (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    const { pathname } = new URL(request.url ?? "/", "http://sandbox");
    stream.on("error", () => undefined);
    if (cut(pathname)) return void stream.destroy();
    if (pathname !== "/websocket") return void stream.end("HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n");
    sockets.handleUpgrade(request, stream, head, talk);
  });
  return {
    clockMoved: () => {
      for (const heartbeat of heartbeats) heartbeat.look();
    },
    disconnect: () => {
      for (const socket of sockets.clients) socket.terminate();
    },
  };
}
