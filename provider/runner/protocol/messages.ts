/** What the program's SDK says, in the words that its reader needs here. Knows no run. */
import { createRequire } from "node:module";
import { join } from "node:path";
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
    if (/^\s+at .*(node:internal|node_modules[\\/]@(pulumi|grpc)[\\/])/.test(line)) fields = line.endsWith(" {");
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

/** The newest TypeScript that has what Pulumi needs to turn a handler's code into text. */
const NEWEST_TYPESCRIPT = 6;

/** Why Pulumi could not turn a handler's code into text, when it is for the program's TypeScript. `folder`: the program's. */
export function aboutTypeScript(message: string, folder: string): string | undefined {
  if (
    !/node_modules[\\/]@pulumi[\\/](?:pulumi[\\/])?(?:runtime[\\/]closure|tsutils)/.test(
      stripVTControlCharacters(message),
    )
  )
    return undefined;
  try {
    const { version } = createRequire(join(folder, "package.json"))("typescript/package.json") as { version: string };
    if (Number.parseInt(version, 10) <= NEWEST_TYPESCRIPT) return undefined;
    return `The program has TypeScript ${version}. A \`pulumi.dynamic.Resource\` with code in the program needs version ${NEWEST_TYPESCRIPT} at most: run \`npm install typescript@${NEWEST_TYPESCRIPT}\` in ${folder}.`;
  } catch {
    return undefined;
  }
}
