/** Takes secrets out of inputs and puts the names of configuration keys in their place. Pure. */
import type { AnyHandler, Declared } from "../engine/handler.ts";
import { valueAt } from "../engine/issue.ts";
import { put } from "../workspace/put.ts";
import { clearSecrets, suggestKey } from "../workspace/values.ts";
import type { ExportedSecret } from "./model.ts";

export class SecretKeys {
  private readonly used = new Set<string>();

  /** A key that nobody else has. The same objects in the same order get the same keys. */
  for(handler: AnyHandler, keys: readonly string[], path: readonly string[]): string {
    const { short, section } = handler.schema.document;
    const isShort = path.length === 1 && path[0] === short;
    const first = suggestKey(keys, isShort ? [] : path);
    // A name of other letters than ours leaves nothing of itself.
    const bare = /^[a-z]/.test(first) && suggestKey(keys, []) !== "" ? first : suggestKey([section], path);
    let key = bare;
    for (let number = 2; this.used.has(key); number++) key = `${bare}${number}`;
    this.used.add(key);
    return key;
  }

  /** `extra`: an input that is to come from the configuration though the server does not tell it. */
  seal(
    handler: AnyHandler,
    keys: readonly string[],
    inputs: Declared,
    extra?: string,
  ): { inputs: Declared; secrets: ExportedSecret[] } {
    const secrets: ExportedSecret[] = clearSecrets(handler, inputs).map((path) => ({
      path,
      key: this.for(handler, keys, path),
      value: valueAt(inputs, path),
    }));
    if (extra !== undefined) secrets.push({ path: [extra], key: this.for(handler, keys, [extra]), value: undefined });
    let sealed = inputs;
    for (const { path, key } of secrets) sealed = put(sealed, path, { secret: key }) as Declared;
    return { inputs: sealed, secrets };
  }
}
