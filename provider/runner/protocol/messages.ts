/** What the program's SDK says, in the words that its reader needs here. Knows no run. */
import { stripVTControlCharacters } from "node:util";
import { UnsupportedError } from "../errors.ts";

/** The program's own words and frames; those of Node and of the SDK tell nobody anything. */
export function forUser(message: string): string {
  const lines: string[] = [];
  let fields = false;
  for (const line of reworded(stripVTControlCharacters(message)).split("\n")) {
    // An error with fields ends its last frame with "{": they go with the frame.
    if (fields) {
      fields = line !== "}";
      continue;
    }
    if (/^\s+at .*(node:internal|node_modules[\\/]@pulumi[\\/])/.test(line)) fields = line.endsWith(" {");
    else lines.push(line);
  }
  return lines.join("\n");
}

/** The SDK takes its engine for the Pulumi CLI, and what it lacks for a matter of its age. */
function reworded(message: string): string {
  return message
    .replace(
      /The Pulumi CLI does not support (?:the )?(.+?)\. Please update the Pulumi CLI\.?/g,
      (_all, what: string) => unsupported(`The feature "${what}"`),
    )
    .replace(
      /(?:\d+ UNIMPLEMENTED: )?The server does not implement the method \/pulumirpc\.(\w+)\/(\w+)/g,
      (_all, service: string, method: string) => unsupported(`The request ${service}.${method} of the program's SDK`),
    );
}

const unsupported = (what: string) => new UnsupportedError(what).message;
