/** The file of a saved preview. Knows that it has to be JSON, not what has to be in it. */
import { readFileSync } from "node:fs";
import { InputError } from "../../errors.ts";

const hint = "Write one with `pulumi-rocketchat preview --json > plan.json` or `pulumi preview --json > plan.json`.";

export function readPlan(file: string): unknown {
  const text = textOf(file);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InputError(`${file} ${whatItIs(text)}.`, { hint, cause });
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const why = code === "ENOENT" ? "there is no such file" : code === "EISDIR" ? "it is a folder" : message;
    throw new InputError(`The saved preview ${file} (--plan) can't be read: ${why}.`, { hint, cause });
  }
}

function whatItIs(text: string): string {
  if (text.trim() === "") return "is empty: the preview that should have written it failed";
  if (/^\s*Previewing /m.test(text)) return "holds a preview as text, not as JSON (--json)";
  return "is no JSON";
}
