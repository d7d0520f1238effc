/**
 * Replays the recorded WebSocket session against a fresh in-process sandbox: sends what the client sent, makes the REST calls
 * that were made meanwhile, and holds every frame that comes against the recorded one. Knows no test framework.
 */
import { readFileSync } from "node:fs";
import { WebSocket } from "ws";
import { startSandbox } from "../../provider/sandbox/index.ts";
import { conformanceDir } from "./replay.ts";

interface Recorded {
  t: number;
  dir: "client" | "server" | "rest";
  name?: string;
  method?: string;
  path?: string;
  body?: unknown;
  answer?: unknown;
  trimmed?: boolean;
  text?: string;
  closed?: number;
}

export interface FrameResult {
  /** What the frame is, for people. */
  name: string;
  differences: string[];
}

/** As the replayer of the REST scenarios: moments may lie so far, in ms, from where they were recorded. */
const TOLERANCE = 300_000;
/** The one call that was made with another account than the admin's. */
const CALLERS: Record<string, string> = { private: "login-dee" };
/** Ids and tokens, also inside of an event's name and behind the mark of an id. */
const DYNAMIC = /[0-9a-f]{24}|(?<![\w-])[\w-]{43}(?![\w-])|(?<![\w-])[A-Za-z0-9]{17}(?![\w-])/g;

class Mapping {
  readonly #actual = new Map<string, string>();

  /** Recorded values in what is sent: those that were bound, else themselves. */
  toActual(text: string): string {
    return text.replace(DYNAMIC, (value) => {
      if (!this.#actual.has(value)) this.#actual.set(value, value);
      return this.#actual.get(value) as string;
    });
  }

  /** Whether `got` is what `recorded` stands for; binds what is met for the first time. */
  fits(recorded: string, got: string): boolean {
    const wanted = [...recorded.matchAll(DYNAMIC)].map(([value]) => value);
    const found = [...got.matchAll(DYNAMIC)].map(([value]) => value);
    for (const [i, value] of wanted.entries()) {
      const actual = found[i];
      if (actual === undefined) return false;
      const bound = this.#actual.get(value);
      if (bound === undefined && [...this.#actual.values()].includes(actual)) return false;
      if (bound === undefined) this.#actual.set(value, actual);
    }
    return this.toActual(recorded) === got;
  }
}

type Json = string | number | boolean | null | undefined | Json[] | { [key: string]: Json };
const isObject = (value: Json): value is { [key: string]: Json } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** @param drift ms from the recorded time to ours. */
function compare(recorded: Json, got: Json, path: string, mapping: Mapping, drift: number): string[] {
  const differs = () => [`${path}: recorded ${JSON.stringify(recorded)}, got ${JSON.stringify(got)}`];
  if (Array.isArray(recorded) && Array.isArray(got)) {
    if (recorded.length !== got.length) return differs();
    return recorded.flatMap((item, i) => compare(item, got[i], `${path}[${i}]`, mapping, drift));
  }
  if (isObject(recorded) && isObject(got)) {
    if (typeof recorded.$date === "number" && typeof got.$date === "number")
      return Math.abs(got.$date - recorded.$date - drift) <= TOLERANCE ? [] : differs();
    const keys = new Set([...Object.keys(recorded), ...Object.keys(got)]);
    return [...keys].flatMap((key) => compare(recorded[key], got[key], `${path}.${key}`, mapping, drift));
  }
  if (typeof recorded === "string" && typeof got === "string") return mapping.fits(recorded, got) ? [] : differs();
  return recorded === got ? [] : differs();
}

/** Frames as they come, to be waited for one by one. */
class Inbox {
  readonly #frames: string[] = [];
  #waiting: ((frame: string) => void) | undefined;

  put(frame: string): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting) waiting(frame);
    else this.#frames.push(frame);
  }

  next(): Promise<string> {
    const frame = this.#frames.shift();
    if (frame !== undefined) return Promise.resolve(frame);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error("no frame came for 60 seconds")), 60_000);
      this.#waiting = (text) => {
        clearTimeout(timer);
        resolve(text);
      };
    });
  }

  get left(): readonly string[] {
    return this.#frames;
  }
}

export async function replayRealtime(): Promise<FrameResult[]> {
  const { frames } = JSON.parse(readFileSync(`${conformanceDir}/realtime-8.6.1.json`, "utf8")) as {
    frames: Recorded[];
  };
  const sandbox = await startSandbox({ version: "8.6.1", testControls: true });
  const socket = new WebSocket(`${sandbox.url.replace("http", "ws")}/websocket`);
  const inbox = new Inbox();
  socket.on("message", (data: Buffer) => inbox.put(data.toString()));
  const post = async (path: string, body: unknown, headers: Record<string, string> = {}) => {
    const init = {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    };
    return (await (await fetch(sandbox.url + path, init)).json()) as Record<string, Json>;
  };

  const mapping = new Mapping();
  const results: FrameResult[] = [];
  const callers = new Map<string, Record<string, string>>();
  let passed = 0;
  let drift = 0;

  const play: Record<Recorded["dir"], (frame: Recorded) => Promise<FrameResult | undefined>> = {
    async rest({ name = "", path = "", body, answer, trimmed }) {
      const headers = callers.get(CALLERS[name] ?? "login") ?? {};
      const sent = JSON.parse(mapping.toActual(JSON.stringify(body))) as unknown;
      const got = await post(path, sent, headers);
      const recorded = answer as { data?: { userId: string; authToken: string }; channel?: { ts: string } };
      if (recorded.channel && typeof got.channel === "object") {
        drift = Date.parse((got.channel as { ts: string }).ts) - Date.parse(recorded.channel.ts);
      }
      const { userId, authToken } = (got.data ?? {}) as Record<string, string>;
      if (recorded.data && userId !== undefined && authToken !== undefined) {
        callers.set(name, { "x-user-id": userId, "x-auth-token": authToken });
        mapping.fits(recorded.data.userId, userId);
        mapping.fits(recorded.data.authToken, authToken);
      }
      // whole answers are the REST scenarios' affair; here they give the ids
      if (!trimmed) bindIds(recorded as Json, got, mapping);
      return { name: `rest ${name}`, differences: got.success === true ? [] : [JSON.stringify(got)] };
    },
    async client({ text = "" }) {
      const moved = text.replace(/"\$date":(\d+)/g, (_, ms: string) => `"$date":${Number(ms) + drift}`);
      socket.send(mapping.toActual(moved));
      return undefined;
    },
    async server({ text, closed }) {
      if (closed !== undefined) {
        socket.close(closed);
        return undefined;
      }
      const got = await inbox.next();
      const name = `frame ${JSON.stringify(text).slice(0, 120)}`;
      return { name, differences: compare(JSON.parse(text ?? ""), JSON.parse(got), "$", mapping, drift) };
    },
  };

  try {
    await new Promise((opened, failed) => socket.once("open", opened).once("error", failed));
    for (const frame of frames) {
      // the sandbox's clock keeps up with the recording, and is never behind it
      const seconds = (frame.t - passed) / 1000;
      await post("/_control/advance-clock", { seconds });
      passed = frame.t;
      const result = await play[frame.dir](frame);
      if (result) results.push(result);
    }
    results.push({ name: "the end", differences: inbox.left.map((frame) => `more than was recorded: ${frame}`) });
    return results;
  } catch (error) {
    results.push({ name: "the session", differences: [(error as Error).message, ...inbox.left] });
    return results;
  } finally {
    socket.terminate();
    await sandbox.close();
  }
}

/** Ids at the same place of two answers belong together. */
function bindIds(recorded: Json, got: Json, mapping: Mapping): void {
  if (typeof recorded === "string" && typeof got === "string" && recorded.length === got.length) {
    const whole = recorded.match(DYNAMIC);
    if (whole?.[0] === recorded) mapping.fits(recorded, got);
  }
  if (isObject(recorded) && isObject(got))
    for (const key of Object.keys(recorded)) bindIds(recorded[key], got[key], mapping);
}
