/** The addresses that a server makes itself (webhooks, invites) on both sides of a clone, as a table for those who have to change them. */
import type { AnyHandler, Context } from "../../engine/handler.ts";
import { toDeclare } from "../../exporter/inputs.ts";
import { keyed, partsOf } from "../../exporter/names.ts";
import { References } from "../../exporter/references.ts";
import { writeFileSafely } from "../../runner/state/index.ts";
import { sections } from "../../workspace/sections.ts";

/** Addresses by section and key. */
export type Urls = ReadonlyMap<string, string>;

const withUrls = (): AnyHandler[] =>
  [...sections.values()].filter(({ schema }) => schema.document.export?.anew?.includes("url"));

/** By the same keys that an export gives the objects. */
export async function readUrls(ctx: Context): Promise<Urls> {
  const references = new References(ctx);
  const urls = new Map<string, string>();
  for (const handler of withUrls()) {
    const found: { parts: readonly string[]; inputs: Record<string, unknown>; url: unknown }[] = [];
    for await (const live of handler.list(ctx)) {
      const { inputs: mapped, outputs } = handler.map(live, ctx, {});
      const inputs = await references.named(handler, toDeclare(handler, mapped));
      found.push({ parts: partsOf(handler, inputs), inputs, url: outputs.url });
    }
    for (const { object, keys } of keyed(found))
      if (typeof object.url === "string") urls.set(`${handler.schema.document.section}/${keys.join("/")}`, object.url);
  }
  return urls;
}

const cell = (text: string): string => text.replaceAll(/[\t\r\n]+/g, " ");

/** Tab-separated, a line for each address of the source that the target has as well. */
export function table(before: Urls, after: Urls): string {
  const rows = [...before].flatMap(([name, old]) => {
    const url = after.get(name);
    return url === undefined ? [] : [[name, old, url]];
  });
  return [["object", "old", "new"], ...rows].map((row) => `${row.map(cell).join("\t")}\n`).join("");
}

/** Whoever knows an address can post: nobody else may read the file. What was there is replaced, a link as well. */
export const writePrivately = (file: string, text: string): Promise<void> => writeFileSafely(file, text);
