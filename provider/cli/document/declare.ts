/** A workspace document as resources for the runner: the same that the component `Workspace` declares in a program. */
import { environmentValue } from "../../engine/connection.ts";
import { holdsSecret, secretOutputs } from "../../engine/schema.ts";
import { loader, typeToken } from "../../kinds/base/loader.ts";
import type { DeclaredResource } from "../../runner/declared.ts";
import * as state from "../../runner/state/index.ts";
import type { Properties } from "../../runner/values.ts";
import type { Entry } from "../../workspace/entry.ts";
import type { WorkspaceDocument } from "../../workspace/load.ts";
import { childName, WORKSPACE_TYPE } from "../../workspace/names.ts";
import { fillSecrets } from "../../workspace/secrets.ts";

type Inputs = Record<string, unknown>;

function sealedInputs({ handler }: Entry, inputs: Inputs, sealed: readonly string[]): Properties {
  const { shape } = handler.schema.inputs;
  const seal = ([key, value]: [string, unknown]): [string, unknown] =>
    holdsSecret(shape[key]) || sealed.includes(key) ? [key, state.secret(state.unwrap(value))] : [key, value];
  return Object.fromEntries(Object.entries(inputs).map(seal)) as Properties;
}

/** Throws DocumentError for secrets that are nowhere to be found. */
export function declare(document: WorkspaceDocument, project: string, config: state.StackConfig): DeclaredResource[] {
  const name = document.name ?? project;
  const filled = fillSecrets(document.entries, {
    config: (key) => {
      const found = config.get(key.includes(":") ? key : `${project}:${key}`);
      return found === undefined ? undefined : state.secret(found.value);
    },
    env: (variable) => {
      const value = environmentValue(variable);
      return value === undefined ? undefined : state.secret(value);
    },
  });
  const component: DeclaredResource = {
    key: "",
    goal: { type: WORKSPACE_TYPE, name, custom: false, inputs: {}, additionalSecretOutputs: [], aliases: [] },
    dependsOn: [],
  };
  const children = document.entries.map((entry): DeclaredResource => {
    const { handler } = entry;
    const inputs = filled.get(entry) ?? {};
    const sealed = handler.schema.document.sealed?.(inputs) ?? [];
    return {
      key: entry.path,
      parent: "",
      goal: {
        type: typeToken(handler.kind),
        name: childName(name, entry.name),
        custom: true,
        inputs: { ...sealedInputs(entry, inputs, sealed), __provider: loader(handler.kind) },
        additionalSecretOutputs: [...secretOutputs(handler.schema), ...sealed],
        aliases: entry.was === undefined ? [] : [{ name: childName(name, entry.was) }],
      },
      dependsOn: [...(document.dependencies.get(entry) ?? [])].map(({ path }) => path),
    };
  });
  return [component, ...children];
}
