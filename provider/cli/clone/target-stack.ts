/** The stack that stands for the target of a clone: its name, its address, and the secrets that the document names. */
import { randomBytes } from "node:crypto";
import { ConfigurationError } from "../../errors.ts";
import type { ExportedSecret } from "../../exporter/model.ts";
import * as state from "../../runner/state/index.ts";
import { chooseStack, openWorkspace } from "../engine/workspace.ts";

const URL_KEY = "rocketchat:url";

/** After the host: `chat.example.com`, `localhost-3333`. */
export function stackNameOf(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname.replace(/\/+$/, "")}`.replaceAll(/[^A-Za-z0-9_.-]+/g, "-").replaceAll(/^-+|-+$/g, "");
}

/** Satisfies any ordinary password policy: length, both cases, a digit, a sign. */
const newPassword = (): string => `${randomBytes(18).toString("base64url")}-Aa1`;

export interface TargetStack {
  readonly config: state.StackConfig;
  /** Notes the target's address. */
  setUrl(): Promise<void>;
  /**
   * Seals what the source told, in the document's `namespace`; passwords that nobody can read are made once, and stay. Gives
   * the number of new ones.
   */
  seal(namespace: string, secrets: readonly ExportedSecret[]): Promise<number>;
}

/** Throws ConfigurationError when the stack belongs to another server. Writes nothing by itself. */
export async function openTargetStack(file: string, wanted: string, url: string): Promise<TargetStack> {
  const workspace = await openWorkspace(file);
  const { project, keyring } = workspace;
  const { stack } = await chooseStack(workspace, wanted, true);
  const stackFile = await state.openStackFile(project, stack);
  const config = await stackFile.config(keyring);
  const address = config.get(URL_KEY)?.value;
  if (address !== undefined && address.replace(/\/+$/, "") !== url)
    throw new ConfigurationError(`The stack "${stack}" of ${project.name} belongs to ${address}, not to ${url}.`, {
      hint: "Name another one with --stack: each server has a stack of its own.",
    });
  return {
    config,
    setUrl: async () => {
      if (address === undefined) await stackFile.set(URL_KEY, url);
    },
    async seal(namespace, secrets) {
      let made = 0;
      const values = new Map<string, string>();
      for (const { key: name, value } of secrets) {
        const key = `${namespace}:${name}`;
        const before = config.get(key)?.value;
        if (value === undefined && before !== undefined) continue;
        if (value === undefined) made++;
        const text = value === undefined ? newPassword() : typeof value === "string" ? value : JSON.stringify(value);
        if (text !== before) values.set(key, text);
      }
      await stackFile.seal(values, keyring);
      return made;
    },
  };
}
