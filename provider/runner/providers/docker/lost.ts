/** An engine that does not answer, or no longer: told from what it refuses, in words that say what to do. Knows no resource. */
import { messageOf, RunnerError, UnknownOutcomeError } from "../../errors.ts";

/** There is no way to the engine's machine. */
export class NoWayError extends RunnerError {}

const BROKEN = ["ECONNREFUSED", "ECONNRESET", "EPIPE", "ENOENT", "EACCES", "ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH"];
/** Files have some of the same codes; "socket hang up" has no call. */
const CALLS = [undefined, "connect", "read", "write"];

const has = <K extends string>(value: unknown, key: K): value is Record<K, unknown> =>
  typeof value === "object" && value !== null && key in value;

const codeOf = (error: unknown) => (has(error, "code") ? error.code : undefined);

/** What broke the connection, however deep it stands among the causes; undefined when the engine did answer. */
function breakOf(error: unknown): unknown {
  if (error === undefined || has(error, "statusCode")) return undefined;
  const call = has(error, "syscall") ? error.syscall : undefined;
  if (error instanceof NoWayError || (BROKEN.includes(String(codeOf(error))) && CALLS.includes(call as string))) {
    return error;
  }
  return has(error, "cause") ? breakOf(error.cause) : undefined;
}

/** The error of the first call. */
export function unreachable(url: string, error: unknown): RunnerError {
  if (error instanceof RunnerError) return error;
  const code = codeOf(error);
  const why = code === "EACCES" ? "permission denied" : code === "ENOENT" ? "no such socket" : messageOf(error);
  const what =
    code === "EACCES"
      ? "May this user use it? On Linux members of the group `docker` may."
      : code === "ENOENT"
        ? "Is Docker installed and running?"
        : "Is it running?";
  return new RunnerError(`Cannot connect to the Docker daemon at ${url}. ${what} (${why})`, {
    hint: "Another one: pulumi-rocketchat config set docker:host tcp://…, or set DOCKER_HOST.",
    cause: error,
  });
}

/** The same error, or, when the engine went away during the call, one that says so instead. */
export function whenLost(url: string, error: unknown): unknown {
  const broken = breakOf(error);
  if (broken === undefined) return error;
  const why = broken instanceof NoWayError ? broken.message.split("\n")[0] : messageOf(broken);
  return new UnknownOutcomeError(`The Docker daemon at ${url} went away in the middle of this. (${why})`, {
    hint: "When it runs again, run the same again: it goes on from what is there.",
    cause: error,
  });
}
