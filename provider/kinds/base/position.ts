/**
 * Where in the program a resource was declared. Pulumi's SDK takes the whole call stack into the state of every resource,
 * its own frames and ours included: some 400 bytes that tell nobody anything. This leaves the program's own lines.
 */
import { fileURLToPath } from "node:url";

/** Frames that the SDK drops from the top, on its way from the constructor to the trace. */
const SKIPPED_BY_SDK = 5;
/** Enough to tell a helper function from its caller. */
const MOST_FRAMES = 2;

const packageFolder = fileURLToPath(new URL("../..", import.meta.url));

const fileOf = (frame: NodeJS.CallSite): string | undefined => {
  const name = frame.getFileName();
  return name?.startsWith("file://") ? fileURLToPath(name) : (name ?? undefined);
};

const isProgram = (file: string | undefined): file is string =>
  file?.startsWith("/") === true || /^[A-Za-z]:\\/.test(file ?? "")
    ? !file?.startsWith(packageFolder) && !/[\\/]node_modules[\\/]/.test(file ?? "")
    : false;

/** Until the function it returns is called, the trace that the SDK takes holds the program's own lines only. */
export function showProgramLines(): () => void {
  const former = Error.prepareStackTrace;
  Error.prepareStackTrace = (error, frames) => {
    // Any other error of that moment keeps its stack.
    if (frames[0]?.getFunctionName()?.endsWith("callsites") !== true) {
      return former ? former(error, frames) : `${error}\n${frames.map((frame) => `    at ${frame}`).join("\n")}`;
    }
    const own = frames.flatMap((frame) => {
      const file = fileOf(frame);
      const place = `${file}:${frame.getLineNumber()}:${frame.getColumnNumber()}`;
      return isProgram(file) ? [`    at program (${place})`] : [];
    });
    return ["Error", ...Array<string>(SKIPPED_BY_SDK).fill("    at sdk"), ...own.slice(0, MOST_FRAMES)].join("\n");
  };
  return () => {
    Error.prepareStackTrace = former;
  };
}
