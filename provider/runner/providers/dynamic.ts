/**
 * Pulumi's dynamic providers, in process: the handler's code stands in the resource as a string, `__provider`. Gives
 * handlers plain values and marks secrets again on what they return, as the engine and its provider process do together.
 */
import Module from "node:module";
import { join } from "node:path";
import { messageOf, PartialError, RunnerError } from "../errors.ts";
import type { Waiting } from "../events.ts";
import { forHandler, markLike, type Properties, storable, unstorable } from "../values.ts";
import type { Package, ResourceProvider } from "./provider.ts";

const LOADER = "__provider";

/** `pulumi.dynamic.ResourceProvider`, as a handler may implement it, plus our own `dispose` and `waiting`. */
interface Handler {
  configure?(request: { config: Config; waiting?: (wait: Waiting) => void }): Promise<void> | void;
  check?(
    olds: Properties,
    news: Properties,
  ): Promise<{ inputs?: Properties; failures?: { property?: string; reason: string }[] }>;
  diff?(
    id: string,
    olds: Properties,
    news: Properties,
  ): Promise<{ changes?: boolean; replaces?: string[]; deleteBeforeReplace?: boolean }>;
  create(inputs: Properties): Promise<{ id: string; outs?: Properties }>;
  read?(id: string, props: Properties): Promise<{ id?: string; props?: Properties; inputs?: Properties }>;
  update?(id: string, olds: Properties, news: Properties): Promise<{ outs?: Properties } | undefined>;
  delete?(id: string, props: Properties): Promise<void>;
  dispose?(): Promise<void> | void;
}

interface Config {
  get(key: string): string | undefined;
  require(key: string): string;
}

export interface DynamicOptions {
  readonly config: Properties;
  /** The program's, where the string's `require` starts from. */
  readonly folder: string;
  readonly project: string;
  /** Handed to the handlers, to be told until when they can't go on. */
  readonly waiting?: (wait: Waiting) => void;
}

export function dynamicPackage(options: DynamicOptions): Package {
  const handlers = new Map<string, Promise<Handler>>();
  const config = configOf(forHandler(options.config), options.project);

  async function load(loader: string): Promise<Handler> {
    const handler = compile(loader, options.folder);
    await handler.configure?.({ config, ...(options.waiting ? { waiting: options.waiting } : {}) });
    return handler;
  }

  return {
    async resource(type, properties) {
      const loader = forHandler(properties[LOADER]);
      if (typeof loader !== "string") {
        throw new RunnerError(`A resource of type ${type} has no provider code: its property ${LOADER} is not text.`, {
          hint: "Declare it with the class of its package; a dynamic resource can't be imported.",
        });
      }
      let handler = handlers.get(loader);
      if (handler === undefined) {
        handler = load(loader);
        handlers.set(loader, handler);
      }
      return adapt(await handler, loader);
    },
    async dispose() {
      for (const handler of await Promise.allSettled(handlers.values())) {
        if (handler.status === "fulfilled") await Promise.resolve(handler.value.dispose?.()).catch(() => {});
      }
    },
  };
}

/** Compiles provider code as the CLI's provider process does, with the program's folder as the place it stands in. */
function compile(loader: string, folder: string): Handler {
  const file = join(folder, "__provider.cjs");
  const module = new Module(file) as Module & { _compile(code: string, file: string): void };
  module.filename = file;
  module.paths = (Module as unknown as { _nodeModulePaths(from: string): string[] })._nodeModulePaths(folder);
  try {
    module._compile(loader, file);
    return (module.exports as { handler(): Handler }).handler();
  } catch (error) {
    throw new RunnerError(`The provider's code can't be loaded from ${folder}: ${messageOf(error).split("\n")[0]}`, {
      hint: "Run `npm install` in the program's folder.",
      cause: error,
    });
  }
}

function configOf(values: Properties, project: string): Config {
  const get = (key: string) => {
    const value = values[key.includes(":") ? key : `${project}:${key}`];
    return value === undefined || typeof value === "string" ? value : JSON.stringify(value);
  };
  return {
    get,
    require(key) {
      const value = get(key);
      if (value === undefined) throw new RunnerError(`Missing configuration value ${key}.`);
      return value;
    },
  };
}

/** The handler as the engine's side wants it. `__provider` is kept in whatever the handler returns. */
function adapt(handler: Handler, loader: string): ResourceProvider {
  const complete = (values: Properties | undefined): Properties => ({ ...values, [LOADER]: loader });

  return {
    canRead: handler.read !== undefined,

    async check(olds, news) {
      const result = (await handler.check?.(forHandler(olds), forHandler(news))) ?? {};
      const inputs = complete(result.inputs ?? forHandler(news));
      refuseUnstorable(inputs, "check");
      const failures = (result.failures ?? []).map(({ property, reason }) => ({ property: property ?? "", reason }));
      return { inputs: markLike(inputs, news), failures };
    },

    async diff(id, _oldInputs, oldOutputs, news) {
      const result = (await handler.diff?.(id, forHandler(oldOutputs), forHandler(news))) ?? {};
      return {
        changes: typeof result.changes === "boolean" ? result.changes : undefined,
        replaces: result.replaces ?? [],
        deleteBeforeReplace: result.deleteBeforeReplace ?? false,
      };
    },

    async create(inputs) {
      const marked = (outs: Properties | undefined) => markLike(complete(outs), inputs);
      const result = await called(() => handler.create(forHandler(inputs)), marked);
      if (typeof result?.id !== "string" || result.id === "") throw new RunnerError("create gave back no id");
      return { id: result.id, outputs: kept(result.id, marked(result.outs), "create") };
    },

    async update(id, _oldInputs, oldOutputs, news) {
      const marked = (outs: Properties | undefined) => markLike(complete(outs), news);
      const result = await called(() => handler.update?.(id, forHandler(oldOutputs), forHandler(news)), marked);
      return kept(id, marked(result?.outs), "update");
    },

    async read(id, inputs, outputs) {
      const given = Object.keys(outputs).length > 0 ? outputs : inputs;
      if (!handler.read) return { id, outputs: given };
      const result = await handler.read(id, forHandler(given));
      if (!result?.id) return { id: "", outputs: {} };
      const read = complete(result.props);
      refuseUnstorable(read, "read");
      const marked = { id: result.id, outputs: markLike(markLike(read, outputs), inputs) };
      if (!result.inputs) return marked;
      const readInputs = complete(result.inputs);
      refuseUnstorable(readInputs, "read");
      return { ...marked, inputs: markLike(readInputs, inputs) };
    },

    async delete(id, outputs) {
      await handler.delete?.(id, forHandler(outputs));
    },
  };
}

function refuseUnstorable(values: Properties, method: string): void {
  const [path] = unstorable(values);
  if (path !== undefined) {
    throw new RunnerError(`${method} gave back a value that can't be stored, at "${path}": only JSON values can.`);
  }
}

/** The object is there whatever its outputs look like: never lose it for a value that can't be stored. */
function kept(id: string, outputs: Properties, method: string): Properties {
  const [path] = unstorable(outputs);
  if (path === undefined) return outputs;
  const reason = `${method} gave back a value that can't be stored, at "${path}": only JSON values can.`;
  throw new PartialError(id, storable(outputs), [reason]);
}

/** Calls a handler that writes. An error with an id says: it was made, or changed, but not wholly. */
async function called<T>(call: () => T, marked: (outs: Properties | undefined) => Properties): Promise<Awaited<T>> {
  try {
    return await call();
  } catch (error) {
    const { id, properties, reasons } = (error ?? {}) as { id?: unknown; properties?: Properties; reasons?: string[] };
    if (typeof id !== "string" || id === "") throw error;
    throw new PartialError(id, storable(marked(properties)), reasons?.length ? reasons : [messageOf(error)]);
  }
}
