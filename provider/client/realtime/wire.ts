/** One WebSocket of undici: frames as objects, one end. Knows no protocol above JSON. */
import { Agent, WebSocket } from "undici";

export interface WireEvents {
  onFrame(frame: unknown): void;
  /** Called once; `reason` is fit for a person. */
  onEnd(reason: string): void;
}

export interface Wire {
  send(frame: object): void;
  /** Ends it at once. */
  end(reason: string): void;
}

/** `wss://…/websocket` of a server's address. */
export const websocketUrl = (url: string): string => `${url.replace(/^http/, "ws")}/websocket`;

/** Resolves when it is open; rejects with a plain Error that says why it isn't. Every later end is told by `onEnd`. */
export function openWire(url: string, timeoutMs: number, { onFrame, onEnd }: WireEvents): Promise<Wire> {
  return new Promise((resolve, reject) => {
    const agent = new Agent({ connect: { timeout: timeoutMs, autoSelectFamily: true } });
    const socket = new WebSocket(websocketUrl(url), { dispatcher: agent });
    let state: "opening" | "open" | "ended" = "opening";
    const end = (reason: string) => {
      if (state === "ended") return;
      const before = state;
      state = "ended";
      clearTimeout(timer);
      socket.close();
      // a peer that is away never answers the closing frame
      void agent.destroy();
      if (before === "opening") reject(new Error(reason));
      else onEnd(reason);
    };
    const timer = setTimeout(() => end(`no answer within ${timeoutMs / 1000} s`), timeoutMs);
    socket.addEventListener("open", () => {
      clearTimeout(timer);
      if (state !== "opening") return;
      state = "open";
      resolve({
        send: (frame) => {
          if (state === "open") socket.send(JSON.stringify(frame));
        },
        end,
      });
    });
    socket.addEventListener("message", ({ data }) => {
      if (state !== "open" || typeof data !== "string") return;
      let frame: unknown;
      try {
        frame = JSON.parse(data);
      } catch {
        return end("the server sent something that isn't JSON");
      }
      onFrame(frame);
    });
    socket.addEventListener("error", () => end("the connection was cut or refused"));
    socket.addEventListener("close", ({ code }) => end(`the server closed the connection (code ${code})`));
  });
}
