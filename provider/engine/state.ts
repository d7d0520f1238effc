/** What a resource's outputs hold: its declared inputs as they are, the kind's computed values, and its server. */
import { inputsOf } from "./check.ts";
import { sameField } from "./compare.ts";
import type { AnyHandler, Declared, Mapped } from "./handler.ts";
import { rulesOf } from "./schema.ts";
import type { ServerIdentity } from "./session.ts";

export type Outputs = Declared & Partial<ServerIdentity>;

/** The declared inputs inside old outputs. */
export function declaredIn(handler: AnyHandler, outputs: Declared): Declared {
  const { shape } = inputsOf(handler);
  return Object.fromEntries(Object.entries(outputs).filter(([key, value]) => key in shape && value !== undefined));
}

/**
 * The declared inputs with what the server has now. A value that means the same keeps its declared form; what can't be read
 * back (write-only, local) stays as it was declared.
 */
export function observed(handler: AnyHandler, declared: Declared, mapped: Mapped): Declared {
  const { shape } = inputsOf(handler);
  return Object.fromEntries(
    Object.entries(declared).map(([key, value]) => {
      const type = shape[key];
      const { writeOnly, local, initial } = rulesOf(type);
      if (writeOnly || local || initial || !(key in mapped.inputs) || sameField(type, value, mapped.inputs[key]))
        return [key, value];
      return [key, mapped.inputs[key]];
    }),
  );
}

export function outputsOf(inputs: Declared, mapped: Mapped, identity: ServerIdentity): Outputs {
  const outputs = { ...inputs, ...mapped.outputs, ...identity };
  return Object.fromEntries(Object.entries(outputs).filter(([, value]) => value !== undefined)) as Outputs;
}
