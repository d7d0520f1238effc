/**
 * Pulumi's dynamic providers, in process: the handler's code stands in the resource as a string, `__provider`. Gives
 * handlers plain values and marks secrets again on what they return, as the engine and its provider process do together.
 */
import Module from "node:module";
import { join } from "node:path";
import { messageOf, PartialError, RunnerError } from "../errors.ts";
import type { Waiting } from "../events.ts";
import { forHandler, isObject, markLike, type Properties, storable } from "../values.ts";
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
  create?(inputs: Properties): Promise<{ id: string; outs?: Properties }>;
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
  const { _nodeModulePaths: above } = Module as unknown as { _nodeModulePaths(from: string): string[] };
  // Behind the program's packages those beside this runner: a project without a program has none of its own.
  module.paths = [...above(folder), ...above(import.meta.dirname)];
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
  const complete = (values: Properties): Properties => ({ ...values, [LOADER]: loader });
  const stored = (values: Properties, method: string) => complete(allStorable(values, method));

  return {
    canRead: handler.read !== undefined,

    async check(olds, news) {
      if (!handler.check) return { inputs: markLike(complete(forHandler(news)), news), failures: [] };
      const result = answer(await handler.check(forHandler(olds), forHandler(news)), "check");
      const inputs = result.inputs ? stored(result.inputs, "check") : complete(forHandler(news));
      const failures = (result.failures ?? []).map(({ property, reason }) => ({
        property: property ?? "",
        reason: String(reason),
      }));
      return { inputs: markLike(inputs, news), failures };
    },

    async diff(id, _oldInputs, oldOutputs, news) {
      const result = handler.diff
        ? answer(await handler.diff(id, forHandler(oldOutputs), forHandler(news)), "diff")
        : {};
      return {
        changes: typeof result.changes === "boolean" ? result.changes : undefined,
        replaces: result.replaces ?? [],
        deleteBeforeReplace: result.deleteBeforeReplace ?? false,
      };
    },

    async create(inputs) {
      if (!handler.create) throw new RunnerError("The provider's code has no method `create`.");
      const marked = (outs: Properties) => markLike(complete(outs), inputs);
      const result = answer(await called(() => handler.create?.(forHandler(inputs)), marked), "create");
      const { id } = result;
      if (typeof id !== "string" || id === "") {
        throw new RunnerError(
          "create gave back no id: it has to be a text, and not empty. The object may have been made.",
        );
      }
      return { id, outputs: kept(id, result.outs, "create", marked) };
    },

    async update(id, _oldInputs, oldOutputs, news) {
      const marked = (outs: Properties) => markLike(complete(outs), news);
      const result = await called(() => handler.update?.(id, forHandler(oldOutputs), forHandler(news)), marked);
      return kept(id, result?.outs, "update", marked);
    },

    async read(id, inputs, outputs) {
      const given = Object.keys(outputs).length > 0 ? outputs : inputs;
      if (!handler.read) return { id, outputs: given };
      // Nothing is an error, not "gone": that would drop an object that is there from the state.
      const result = answer(await handler.read(id, forHandler(given)), "read");
      if (!result.id) return { id: "", outputs: {} };
      const read = stored(result.props ?? {}, "read");
      const marked = { id: result.id, outputs: markLike(markLike(read, outputs), inputs) };
      return result.inputs ? { ...marked, inputs: markLike(stored(result.inputs, "read"), inputs) } : marked;
    },

    async delete(id, outputs) {
      await handler.delete?.(id, forHandler(outputs));
    },
  };
}

function answer<T extends object>(result: T | undefined, method: string): T {
  if (isObject(result)) return result;
  throw new RunnerError(`${method} gave back ${result === undefined ? "nothing" : "no object"}.`);
}

const cannot = (method: string, path: string) =>
  `${method} gave back a value that can't be stored, at "${path}": it has to be text, a number, a boolean, null, or a list or object of such.`;

function allStorable(given: Properties, method: string): Properties {
  const { values, refused } = storable(given);
  if (refused[0] !== undefined) throw new RunnerError(cannot(method, refused[0]));
  return values;
}

type Mark = (outs: Properties) => Properties;

/** The object is there whatever its outputs look like: never lose it for a value that can't be stored. */
function kept(id: string, outs: Properties | undefined, method: string, marked: Mark): Properties {
  const { values, refused } = storable(outs ?? {});
  if (refused[0] !== undefined) throw new PartialError(id, marked(values), [cannot(method, refused[0])]);
  return marked(values);
}

/** Calls a handler that writes. An error with an id says: it was made, or changed, but not wholly. */
async function called<T>(call: () => T, marked: Mark): Promise<Awaited<T>> {
  try {
    return await call();
  } catch (error) {
    const { id, properties, reasons } = (error ?? {}) as { id?: unknown; properties?: Properties; reasons?: unknown };
    if (typeof id !== "string" || id === "") throw error;
    const { values } = storable(isObject(properties) ? properties : {});
    const why = Array.isArray(reasons) && reasons.length > 0 ? reasons.map(String) : [messageOf(error)];
    throw new PartialError(id, marked(values), why);
  }
}
