/** One state as the server has it now. Records nothing. */
import type { ResourceProvider } from "./providers/provider.ts";
import type { Resource } from "./state/index.ts";
import { markKeys } from "./values.ts";

/** Undefined when the object is gone. */
export async function readState(old: Resource, provider: ResourceProvider): Promise<Resource | undefined> {
  const result = await provider.read(old.id ?? "", old.inputs ?? {}, old.outputs ?? {});
  if (result.id === "") return undefined;
  const outputs = markKeys(result.outputs, old.additionalSecretOutputs ?? []);
  const { initErrors: _, ...rest } = old;
  return { ...(rest as Resource), id: result.id, outputs, ...(result.inputs ? { inputs: result.inputs } : {}) };
}
