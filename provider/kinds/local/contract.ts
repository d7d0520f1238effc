/**
 * Resources that live in the stack's state alone: a password that was made once, versions that were installed. The contract,
 * and the provider object that Pulumi calls. Knows no server, no connection and no Pulumi.
 */
import { randomUUID } from "node:crypto";

export type Properties = Record<string, unknown>;

export interface LocalHandler {
  /** As in the type token and the loader string. Frozen once released. */
  readonly kind: string;
  readonly inputs: readonly string[];
  /** Names of properties that are sealed in the state. */
  readonly secret: readonly string[];
  /** Names of computed properties. */
  readonly outputs: readonly string[];
  /** What is wrong, in whole sentences. `olds`: the inputs of the last run, empty on the first. Values may be unknown. */
  check(olds: Properties, news: Properties): string[];
  /** The computed properties. `olds`: the outputs of the last run, undefined when the resource is made. */
  compute(news: Properties, olds: Properties | undefined): Properties;
}

const known = (values: Properties, names: readonly string[]): Properties =>
  Object.fromEntries(Object.entries(values).filter(([key, value]) => names.includes(key) && value != null));

/** The engine names no property of a failure: it would print its value. */
export class LocalProvider {
  private readonly handler: LocalHandler;

  constructor(handler: LocalHandler) {
    this.handler = handler;
  }

  /** Nothing here depends on a connection. */
  configure(_request: object): void {}

  async dispose(): Promise<void> {}

  async check(olds: Properties, news: Properties) {
    const { handler } = this;
    const inputs = known(news, handler.inputs);
    const reasons = handler.check(known(olds, handler.inputs), inputs);
    return {
      inputs: { ...inputs, __provider: news.__provider },
      failures: reasons.map((reason) => ({ property: "", reason })),
    };
  }

  async diff(_id: string, olds: Properties, news: Properties) {
    const changed = this.handler.inputs.some((key) => (olds[key] ?? undefined) !== (news[key] ?? undefined));
    return { changes: changed ? undefined : false, replaces: [], deleteBeforeReplace: false };
  }

  async create(news: Properties) {
    return { id: randomUUID(), outs: this.outputsOf(news, undefined) };
  }

  async read(id: string, props: Properties) {
    return { id, props: this.stored(props), inputs: known(props, this.handler.inputs) };
  }

  async update(_id: string, olds: Properties, news: Properties) {
    return { outs: this.outputsOf(news, olds) };
  }

  async delete(): Promise<void> {}

  private outputsOf(news: Properties, olds: Properties | undefined): Properties {
    return { ...known(news, this.handler.inputs), ...this.handler.compute(news, olds) };
  }

  private stored(props: Properties): Properties {
    return known(props, [...this.handler.inputs, ...this.handler.outputs]);
  }
}
