/**
 * What a Pulumi CLI that is held to a plan may print. Where a value is another than in the plan, the CLI (3.260) prints both in clear, secrets among
 * them: an error must not put a password into a CI's log.
 */
import { createInterface } from "node:readline";

const VIOLATION = "violates plan: properties changed:";
const INSTEAD = "violates plan: what it declares has changed since it was checked (values are not shown)";

/** Lines with which the CLI goes on after a message: a value may have lines of its own. */
const GOES_ON = /^(@ (previewing|updating)|Diagnostics:$|Resources:$|Duration: )/;

/** Gives each line as it may be printed; undefined for one that may not. `json`: of `--json`, where a message never spans lines. */
export function valuesHidden(json: boolean): (line: string) => string | undefined {
  let hiding = false;
  return (line) => {
    if (json) return line.replaceAll(/violates plan: properties changed:(?:\\.|[^"\\])*/g, INSTEAD);
    if (hiding && !GOES_ON.test(line)) return undefined;
    const at = line.indexOf(VIOLATION);
    hiding = at >= 0;
    return hiding ? line.slice(0, at) + INSTEAD : line;
  };
}

/** Hands on what may be printed, line by line. */
export function printHidden(from: NodeJS.ReadableStream, to: NodeJS.WritableStream, json: boolean): void {
  const shown = valuesHidden(json);
  createInterface({ input: from, crlfDelay: Number.POSITIVE_INFINITY }).on("line", (line) => {
    const text = shown(line);
    if (text !== undefined) to.write(`${text}\n`);
  });
}
