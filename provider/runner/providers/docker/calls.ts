/** What a type's calls to the engine are: plain values in and out, neither marks nor the provider's bookkeeping. */
import type { Properties } from "../../values.ts";
import type { EngineOf } from "./engine.ts";

export interface Found {
  readonly id: string;
  /** By the properties' names; what the engine doesn't tell is as it was given. */
  readonly values: Properties;
}

export interface Calls {
  /**
   * `cutOff`: a former run was making it when it ended. Throws UnfinishedError when the object stays, but is not as it was
   * asked for.
   */
  create(engine: EngineOf, inputs: Properties, cutOff: boolean): Promise<Found>;
  /** `values`: outputs, else inputs. Undefined: gone. */
  read(engine: EngineOf, id: string, values: Properties): Promise<Found | undefined>;
  /** Only for types that have something to change in place. */
  update?(engine: EngineOf, id: string, outputs: Properties, inputs: Properties): Promise<Found>;
  delete(engine: EngineOf, id: string, outputs: Properties): Promise<void>;
}

/** The object is there, but not as it was asked for: it is kept, and the next update tries again. */
export class UnfinishedError extends Error {
  readonly found: Found;

  constructor(found: Found, cause: Error) {
    super(cause.message, { cause });
    this.found = found;
  }
}
