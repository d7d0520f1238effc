/**
 * The only module that stored state names: every resource's `__provider` text requires it and asks for its kind.
 * Frozen: what was once released here must work for ever, with today's code behind it.
 */
import { createHash } from "node:crypto";
import type { OnWait } from "./client/client.ts";
import { createClient } from "./client/create-client.ts";
import { type Checked, check } from "./engine/check.ts";
import { type ConfigReader, resolveConnection } from "./engine/connection.ts";
import { create, Unfinished } from "./engine/create.ts";
import { refuseReplacement } from "./engine/diff.ts";
import type { AnyHandler, Declared } from "./engine/handler.ts";
import { destroyMode, diff, foresee, read, remove, update } from "./engine/lifecycle.ts";
import { Session } from "./engine/session.ts";
import type { Outputs } from "./engine/state.ts";
import { ConfigurationError, RocketChatError } from "./errors.ts";
import { handlers } from "./kinds/handlers.ts";
import { LocalProvider } from "./kinds/local/contract.ts";
import { localHandlers } from "./kinds/local/handlers.ts";

type Properties = Record<string, unknown>;

interface ConfigureRequest {
  readonly config: { get(key: string): string | undefined };
  /** Where lines for the user go; the dynamic provider process of the CLI reads standard output. */
  readonly log?: (message: string) => void;
  /** The embedded runner counts down what is waited for; elsewhere it is a line. `until`: epoch milliseconds. */
  readonly waiting?: (wait: { reason: string; until: number; message: string }) => void;
}

/** One per configuration, shared by all kinds of a process: one log-in, one pool, one rate limit. */
const sessions = new Map<string, { session: Session; users: number }>();

/** The provider object that Pulumi's dynamic provider process, and the embedded runner, call. */
class KindProvider {
  private readonly handler: AnyHandler;
  private config: ConfigReader = () => undefined;
  private log: (message: string) => void = console.log;
  private waiting: ConfigureRequest["waiting"];
  private key: string | undefined;

  constructor(handler: AnyHandler) {
    this.handler = handler;
  }

  /** Only assigns: the process does not wait for it before the first call. */
  configure(request: ConfigureRequest): void {
    this.config = (key) => request.config.get(key);
    if (request.log !== undefined) this.log = request.log;
    this.waiting = request.waiting;
  }

  async check(olds: Properties, news: Properties) {
    return this.guarded(async () => {
      const { inputs, failures } = await this.checked(declared(news));
      const refused = [...failures.map(({ reason }) => reason), ...this.refusals(declared(olds), inputs)];
      // A handler looks at inputs of the right form only.
      const foreseen = refused.length === 0 ? await foresee(this.session(), this.handler, inputs, declared(olds)) : [];
      return {
        inputs: { ...plain(inputs), __provider: news.__provider },
        // A named property would have its value printed, secret or not.
        failures: [...refused, ...foreseen.map(({ reason }) => reason)].map((reason) => ({ property: "", reason })),
      };
    });
  }

  private async checked(news: Declared): Promise<Checked> {
    const result = check(this.handler, news);
    if (this.handler.inspect === undefined || result.failures.length > 0) return result;
    return this.handler.inspect(result.inputs);
  }

  /** What is wrong beside the arguments themselves: the connection, or a replacement that can't come about. */
  private refusals(olds: Declared, news: Declared): string[] {
    try {
      const mode = destroyMode(this.session(), this.handler, olds);
      return [refuseReplacement(this.handler, olds, news, mode) ?? []].flat();
    } catch (error) {
      if (error instanceof ConfigurationError) return [error.message];
      throw error;
    }
  }

  async diff(id: string, olds: Properties, news: Properties) {
    return this.guarded(() => diff(this.session(), this.handler, id, olds as Outputs, declared(news)));
  }

  async create(inputs: Properties) {
    return this.guarded(async () => {
      try {
        const { id, outputs } = await create(this.session(), this.handler, declared(inputs));
        return { id, outs: plain(outputs) };
      } catch (error) {
        if (!(error instanceof Unfinished)) throw error;
        const message = this.session().client.redact(error.message);
        // Of a partial create the engine shows the reasons and keeps the properties, the loader included.
        throw Object.assign(silent(new Error(message)), {
          id: error.id,
          properties: { ...plain(error.outputs), __provider: inputs.__provider },
          reasons: [message],
        });
      }
    });
  }

  async read(id: string, props: Properties) {
    return this.guarded(async () => {
      const result = await read(this.session(), this.handler, id, declared(props) as Outputs);
      return result === undefined
        ? { id: undefined, props: {} }
        : { id: result.id, props: plain(result.outputs), inputs: plain(result.inputs) };
    });
  }

  async update(id: string, olds: Properties, news: Properties) {
    return this.guarded(async () => ({
      outs: plain(await update(this.session(), this.handler, id, declared(olds) as Outputs, declared(news))),
    }));
  }

  async delete(id: string, props: Properties): Promise<void> {
    return this.guarded(() => remove(this.session(), this.handler, id, declared(props) as Outputs));
  }

  /** Ends the connection; called by the embedded runner, where the process lives on. */
  async dispose(): Promise<void> {
    const entry = this.key === undefined ? undefined : sessions.get(this.key);
    if (this.key === undefined || entry === undefined) return;
    entry.users--;
    if (entry.users === 0) {
      sessions.delete(this.key);
      await entry.session.client.close();
    }
    this.key = undefined;
  }

  private session(): Session {
    const known = this.key === undefined ? undefined : sessions.get(this.key);
    if (known !== undefined) return known.session;
    const connection = resolveConnection(this.config);
    this.key = createHash("sha256").update(JSON.stringify(connection)).digest("hex");
    let entry = sessions.get(this.key);
    if (entry === undefined) {
      const onWait: OnWait = (message, wait) => {
        if (wait === undefined || this.waiting === undefined) this.log(message);
        else this.waiting({ reason: wait.reason, until: Date.now() + wait.ms, message });
      };
      const client = createClient({ ...connection.client, onWait });
      const log = (message: string) => this.log(message);
      entry = { session: new Session(client, connection.onDestroy, log, connection.startTimeoutMs), users: 0 };
      sessions.set(this.key, entry);
    }
    entry.users++;
    return entry.session;
  }

  /** Errors leave as one message without a stack, which the process would print. */
  private async guarded<T>(act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      if (error instanceof Error && "reasons" in error) throw error;
      const known = this.key === undefined ? undefined : sessions.get(this.key);
      const redact = (text: string) => known?.session.client.redact(text) ?? text;
      if (error instanceof RocketChatError) throw silent(new Error(redact(error.message)));
      const where = error instanceof Error ? (error.stack ?? error.message) : String(error);
      throw silent(new Error(redact(`This is a defect of pulumi-rocketchat, please report it. ${where}`)));
    }
  }
}

const silent = (error: Error): Error => Object.assign(error, { stack: "" });

/** Without the loader, which is no input. */
const declared = ({ __provider, ...rest }: Properties): Declared => rest;

/** As the engine takes it: no `undefined`, no dates. */
const plain = (values: object): Properties => JSON.parse(JSON.stringify(values)) as Properties;

/** The provider of a kind. `protocol` is 1 for every text released so far. */
export function forKind(kind: string, protocol: number): KindProvider | LocalProvider {
  const handler = handlers.get(kind);
  const local = localHandlers.get(kind);
  if (protocol === 1 && handler !== undefined) return new KindProvider(handler);
  if (protocol === 1 && local !== undefined) return new LocalProvider(local);
  throw silent(
    new Error(
      `This state needs a newer version of pulumi-rocketchat (kind ${kind}, protocol ${protocol}): update the package in this project.`,
    ),
  );
}
