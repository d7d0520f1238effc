/** The embedded server that answers as Rocket.Chat does: in memory, or kept in one file. Talks to this machine alone unless asked. */
import type { ServerResponse } from "node:http";
import { Clock } from "./core/clock.ts";
import { type Controlled, control } from "./core/control.ts";
import { dispatch, RouteTable, type World } from "./core/dispatch.ts";
import { Events } from "./core/events.ts";
import type { Reply } from "./core/failure.ts";
import { FaultPlan } from "./core/faults.ts";
import { type AdminAccount, freshState } from "./core/fresh.ts";
import { type LimitRule, RateLimiter } from "./core/rate-limit.ts";
import type { Request } from "./core/route.ts";
import { listen, urlOf } from "./core/server.ts";
import type { State, Version } from "./core/state.ts";
import { type Keeper, loadState, Store, writeState } from "./core/store.ts";
import { CallOut, type Reach } from "./integrations/call-out.ts";
import { LivePages } from "./page/live.ts";
import { serveRealtime } from "./realtime/socket.ts";
import { routes } from "./routes/index.ts";

export { VERSIONS } from "./core/state.ts";
export type { AdminAccount, Keeper, Version };

export interface SandboxOptions {
  /** Default 0: the system chooses. */
  port?: number | undefined;
  /** Default 127.0.0.1. */
  host?: string | undefined;
  /** Default 8.6.1, or the version of the workspace in `file`. */
  version?: Version | undefined;
  /** Where the workspace is kept; in memory only when left out. */
  file?: string | undefined;
  /** Keeps the workspace instead of `file`; its state says the version. */
  keeper?: Keeper | undefined;
  /** Serve `/_control/…`. Default false. */
  testControls?: boolean | undefined;
  /** The first admin of a fresh workspace. Default admin / supersecret. */
  admin?: AdminAccount | undefined;
  /** The workspace has a licence that allows custom roles. Default false, or as in `file`. */
  licence?: boolean | undefined;
  /** Where outgoing integrations may call: only this machine ("loopback", the default), "anywhere" or "none". */
  outgoing?: Reach | undefined;
  /** Told of every answer, one line each, without secrets. */
  log?: ((line: string) => void) | undefined;
}

export interface Sandbox {
  readonly url: string;
  readonly port: number;
  readonly version: Version;
  /** The id of the admin that came with the workspace. */
  readonly adminUserId: string;
  /** Stops it; everything is in the file when this resolves. */
  close(): Promise<void>;
}

/** Starts a sandbox. Rejects with an `InputError` when the port is taken or the file is unusable. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { host = "127.0.0.1", file, keeper, admin } = options;
  const loaded = keeper?.state ?? (file === undefined ? undefined : loadState(file, options.version));
  const withLicence = (from: State): State => ({ ...from, licensed: options.licence ?? from.licensed });
  let state = withLicence(loaded ?? freshState(options.version ?? "8.6.1", admin));
  const save = keeper ? () => keeper.save(state) : file === undefined ? undefined : () => writeState(file, state);
  const store = save && new Store(save);
  if (!loaded) await store?.save();

  const clock = new Clock(() => state);
  const events = new Events();
  /** Nobody hears of a change that is not in the file yet. */
  const keep = async () => {
    const happenings = events.take();
    await store?.save();
    return () => events.tell(happenings);
  };
  const pages = new LivePages();
  events.listen(() => pages.changed());
  const place = () => ({ state, clock, events, version: state.version, is8: state.version === "8.6.1" });
  const callOut = new CallOut({
    host: { place, keep },
    reach: options.outgoing ?? "loopback",
    siteUrl: () => url,
    log: options.log,
  });
  events.listen((happenings) => callOut.tell(happenings));
  const limiter = new RateLimiter();
  const plan = new FaultPlan();
  const calls = new Map<string, number>();
  const table = new RouteTable(routes);
  let limitRule: LimitRule | undefined;
  let url = "";

  const controlled: Controlled = {
    calls,
    advance: (seconds, rateLimits) => {
      clock.advance(seconds);
      if (rateLimits) limiter.clear();
      realtime.clockMoved();
    },
    reset: () => {
      state = withLicence(freshState(state.version, admin));
      limitRule = undefined;
      for (const part of [limiter, plan, calls]) part.clear();
      realtime.disconnect();
      pages.changed();
    },
    addFaults: (faults) => plan.add(faults),
    clearFaults: () => plan.clear(),
    setRateLimit: (rule) => {
      limitRule = rule;
      limiter.clear();
    },
  };

  const answer = async (request: Request): Promise<Reply> => {
    const controls = options.testControls && request.path.startsWith("/_control/");
    const controlReply = controls ? control(request, controlled) : undefined;
    if (controlReply) {
      await store?.save();
      return controlReply;
    }
    const world: World = { state, clock, events, limiter, siteUrl: url, limitRule };
    const { reply, route } = dispatch(table, request, world);
    if (route) {
      const name = `${route.method} ${route.path}`;
      calls.set(name, (calls.get(name) ?? 0) + 1);
      if (route.method !== "GET" || route.writes) (await keep())();
    }
    return reply;
  };

  const meet = (method: string, path: string) => (path.startsWith("/_control/") ? undefined : plan.meet(method, path));
  const stream = (request: Request, outgoing: ServerResponse) => {
    const isStream = request.method === "GET" && request.path === "/_page/events";
    if (isStream) pages.attach(outgoing);
    return isStream;
  };
  const server = await listen({ port: options.port ?? 0, host, answer, stream, meet, onAnswer: options.log });
  const cut = (path: string) => meet("GET", path) !== undefined;
  const realtime = serveRealtime({ server, host: { place, keep }, clock, events, cut });
  const address = urlOf(server, host);
  url = address.url;
  return {
    ...address,
    version: state.version,
    adminUserId: Object.values(state.users).find((user) => user.roles.includes("admin"))?._id ?? "",
    close: async () => {
      const closed = new Promise((done) => server.close(done));
      pages.close();
      await callOut.close();
      server.closeAllConnections();
      realtime.disconnect();
      await closed;
      await store?.save();
    },
  };
}
