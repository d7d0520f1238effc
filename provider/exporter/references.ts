/** Names in the place of ids, and which names the document has to take from the server. */
import { inputsOf } from "../engine/check.ts";
import type { AnyHandler, Context, Declared } from "../engine/handler.ts";
import { handlers } from "../kinds/handlers.ts";
import { put } from "../workspace/put.ts";
import { namesIn } from "../workspace/references.ts";
import { ordered } from "./inputs.ts";
import { partsOf } from "./names.ts";

export class References {
  private readonly ctx: Context;
  private readonly byId = new Map<string, Promise<ReadonlyMap<string, string>>>();
  /** Names by kind. */
  private readonly used = new Map<string, Set<string>>();
  private readonly declared = new Map<string, Set<string>>();

  constructor(ctx: Context) {
    this.ctx = ctx;
  }

  /** The inputs with names where ids stood; sets in the order of the names. */
  async named(handler: AnyHandler, inputs: Declared): Promise<Declared> {
    const { shape } = inputsOf(handler);
    let result = inputs;
    for (const { kind, name, steps } of namesIn(handler, inputs)) {
      const target = handlers.get(kind);
      if (target?.schema.document.refersById !== true) continue;
      const found = (await this.namesById(target)).get(name);
      if (found !== undefined) result = put(result, steps, found) as Declared;
    }
    if (result === inputs) return inputs;
    return Object.fromEntries(Object.entries(result).map(([key, value]) => [key, ordered(shape[key], value)]));
  }

  /** Notes that the document declares an object, and what it refers to. */
  note(handler: AnyHandler, name: string, inputs: Declared): void {
    const { actsAs } = handler.schema.document;
    for (const kind of [handler.kind, ...(actsAs === undefined ? [] : [actsAs])]) add(this.declared, kind, name);
    for (const other of namesIn(handler, inputs)) add(this.used, other.kind, other.name);
  }

  /** What the document refers to and does not declare, by kind; built-in names left out. */
  existing(): Map<AnyHandler, string[]> {
    const found = new Map<AnyHandler, string[]>();
    for (const handler of handlers.values()) {
      const { builtIn = [] } = handler.schema.document;
      const declared = this.declared.get(handler.kind);
      const names = [...(this.used.get(handler.kind) ?? [])].filter(
        (name) => !declared?.has(name) && !builtIn.includes(name),
      );
      if (names.length > 0) found.set(handler, names);
    }
    return found;
  }

  private namesById(handler: AnyHandler): Promise<ReadonlyMap<string, string>> {
    let names = this.byId.get(handler.kind);
    if (names === undefined) {
      names = this.readNames(handler);
      this.byId.set(handler.kind, names);
    }
    return names;
  }

  private async readNames(handler: AnyHandler): Promise<ReadonlyMap<string, string>> {
    const names = new Map<string, string>();
    for await (const live of handler.list(this.ctx, { brief: true })) {
      const { id, inputs } = handler.map(live, this.ctx, {});
      names.set(id, partsOf(handler, inputs).join("/"));
    }
    return names;
  }
}

function add(into: Map<string, Set<string>>, kind: string, name: string): void {
  const names = into.get(kind) ?? new Set<string>();
  names.add(name);
  into.set(kind, names);
}
